import Optimizers
import Testing

@Suite struct TransformTests {
  private func step(
    _ pipeline: UpdatePipeline, _ gradients: [[Double]], from start: [Double], rate: Double = 1,
    optimizer: any Optimizer = SGD(), layout: ParameterLayout? = nil
  ) -> [Double] {
    let stepper = PipelineStepper<Double>(
      optimizer, pipeline, layout: layout ?? ParameterLayout(count: start.count))
    var point = start
    for gradient in gradients {
      var span = point.mutableSpan
      stepper.step(&span, gradients: gradient.span, learningRate: rate)
    }
    return point
  }

  @Test func `a plain pipeline is the rule itself, bit for bit`() {
    for count in 0...67 {
      let start = (0..<count).map { 0.1 * Double($0) - 1 }
      let gradient = start.map { 3 * $0 + 0.7 }
      let stepper = Adam().stepper(count: count, as: Double.self)
      var expected = start
      for _ in 0..<3 {
        var span = expected.mutableSpan
        stepper.step(&span, gradients: gradient.span, learningRate: 0.1)
      }
      let found = step(
        UpdatePipeline(), [gradient, gradient, gradient], from: start, rate: 0.1, optimizer: Adam())
      #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
    }
  }

  /// All numbers are exact in binary.
  @Test func `micro-batches make one update of their mean`() {
    var pipeline = UpdatePipeline()
    pipeline.microBatches = 2
    #expect(step(pipeline, [[1]], from: [0]) == [0])
    #expect(step(pipeline, [[1], [3], [8]], from: [0]) == [-2])
    #expect(step(pipeline, [[1], [3], [8], [0]], from: [0]) == [-6])
  }

  /// (4·1 + 2·4)/6 = 2, and an update of one gradient is that gradient's, whatever its weight.
  @Test func `micro-batches have the weights they are given, also in an incomplete group`() {
    var pipeline = UpdatePipeline()
    pipeline.microBatches = 3
    let stepper = PipelineStepper<Double>(SGD(), pipeline, layout: ParameterLayout(count: 1))
    let gradients = ([1.0], [4.0], [7.0])
    stepper.add(gradients.0.span, weight: 4)
    stepper.add(gradients.1.span, weight: 2)
    #expect(stepper.pending == 2 && stepper.steps == 0 && stepper.meanGradient == [2])
    var point = [0.0]
    var first = point.mutableSpan
    stepper.update(&first, learningRate: 1)
    #expect(point == [-2] && stepper.pending == 0 && stepper.steps == 1)
    stepper.add(gradients.2.span, weight: 5)
    var second = point.mutableSpan
    stepper.update(&second, learningRate: 1)
    #expect(point == [-9] && stepper.steps == 2)
  }

  @Test func `centralization takes each row's mean and leaves biases alone`() {
    var pipeline = UpdatePipeline()
    pipeline.transforms = [CentralizeGradient()]
    let layout = ParameterLayout(tensors: [
      .init(range: 0..<4, shape: [2, 2]), .init(range: 4..<6, shape: [2]),
    ])
    let found = step(
      pipeline, [[1, 3, -2, -6, 5, 7]], from: [0, 0, 0, 0, 0, 0], layout: layout)
    #expect(found == [1, -1, -2, 2, -5, -7])
  }

  @Test func `transforms work in their order`() {
    var pipeline = UpdatePipeline()
    let layout = ParameterLayout(tensors: [.init(range: 0..<2, shape: [1, 2])])
    // The mean of 9 and 1 is 5; clipped first, 2 and 1 have a mean of 1.5.
    pipeline.transforms = [CentralizeGradient(), ClipByValue(limit: 2)]
    #expect(step(pipeline, [[9, 1]], from: [0, 0], layout: layout) == [-2, 2])
    pipeline.transforms.reverse()
    #expect(step(pipeline, [[9, 1]], from: [0, 0], layout: layout) == [-0.5, 0.5])
  }

  @Test func `only the largest moves are made, earlier ones first among equals`() {
    var pipeline = UpdatePipeline()
    pipeline.sparsity = .count(2)
    #expect(step(pipeline, [[1, -5, 2, 2]], from: [0, 0, 0, 0]) == [0, 5, -2, 0])
    pipeline.sparsity = .share(0.75)
    #expect(step(pipeline, [[1, -5, 2, 2]], from: [0, 0, 0, 0]) == [0, 5, -2, -2])
    // 0.4·4 is rounded to 2, 0.3·4 to 1.
    pipeline.sparsity = .share(0.4)
    #expect(step(pipeline, [[1, -5, 2, 2]], from: [0, 0, 0, 0]) == [0, 5, -2, 0])
    pipeline.sparsity = .share(0.3)
    #expect(step(pipeline, [[1, -5, 2, 2]], from: [0, 0, 0, 0]) == [0, 5, 0, 0])
    pipeline.sparsity = .share(0.01)
    #expect(step(pipeline, [[1, -5, 2, 2]], from: [0, 0, 0, 0]) == [0, 5, 0, 0])
  }

  @Test func `sparsity keeps as many as asked for every length and a NaN always`() {
    for count in 1...67 {
      for kept in 1...count {
        var pipeline = UpdatePipeline()
        pipeline.sparsity = .count(kept)
        // Many ties: 7 different sizes.
        var gradient = (0..<count).map { Double(($0 * 5) % 7 + 1) }
        let zeros = [Double](repeating: 0, count: count)
        let moved = step(pipeline, [gradient], from: zeros)
        #expect(moved.count { $0 != 0 } == kept)
        let largest = gradient.sorted(by: >).prefix(kept)
        #expect(moved.map(abs).sorted(by: >).prefix(kept).elementsEqual(largest))
        gradient[count / 2] = .nan
        #expect(step(pipeline, [gradient], from: zeros)[count / 2].isNaN)
      }
    }
  }

  @Test func `a group has its own rate and decay, and the rest has the rule's`() {
    var own = SGD()
    own.learningRate = 0.5
    var decayed = SGD()
    decayed.learningRate = 0.25
    decayed.weightDecay = 2
    var pipeline = UpdatePipeline()
    pipeline.groups = [ParameterGroup(range: 1..<3, optimizer: decayed)]
    // Half the rate of the others, gradient 1 + 2·4.
    let found = step(pipeline, [[1, 1, 1, 1]], from: [4, 4, 4, 4], rate: 1, optimizer: own)
    #expect(found == [3, -0.5, -0.5, 3])
  }
}
