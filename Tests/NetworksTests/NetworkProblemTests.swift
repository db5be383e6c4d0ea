import Datasets
import Networks
import Testing

@Suite struct NetworksProblemTests {
  static let perceptron = NetworkSpecification(layers: [
    .dense(units: 32), .relu, .dense(units: 10),
  ])

  static func digits() throws -> Dataset { try DatasetCatalogue.load("digits", directory: nil) }

  /// The parameters after `epochs` of plain gradient descent, and the loss of every step.
  static func train(
    on dataset: Dataset, epochs: Int, seedIndex: Int = 0, batchSize: Int = 64
  ) throws -> (parameters: [Float], losses: [Double], problem: NetworkProblem) {
    let problem = try NetworkProblem(perceptron, dataset: dataset, batchSize: batchSize)
    var parameters = problem.initialParameters(masterSeed: 1, seedIndex: seedIndex)
    // Whatever was in the buffer is overwritten.
    var gradient = [Float](repeating: .nan, count: problem.parameterCount)
    var losses: [Double] = []
    for epoch in 0..<epochs {
      problem.beginEpoch(epoch, masterSeed: 1, seedIndex: seedIndex)
      for batch in 0..<problem.batchesPerEpoch {
        var span = gradient.mutableSpan
        losses.append(
          problem.lossAndGradient(batch: batch, parameters: parameters.span, gradient: &span))
        for index in parameters.indices { parameters[index] -= 0.2 * gradient[index] }
      }
    }
    return (parameters, losses, problem)
  }

  @Test func `gradient descent learns the digits`() throws {
    let (parameters, losses, problem) = try Self.train(on: Self.digits(), epochs: 30)
    let test = problem.evaluate(.test, parameters: parameters.span)
    let train = problem.evaluate(.train, parameters: parameters.span)
    // Chance is 0.1; a linear classifier reaches about 0.9 on the test samples, less room for an unlucky seed.
    #expect(test.accuracy > 0.85)
    #expect(train.accuracy > test.accuracy && train.loss < test.loss)
    #expect(try #require(losses.last) < losses[0] / 5)
  }

  /// Sampled where a line search tries a point: there numbers overflow, and the statistics must not remember it.
  @Test func `points that are only tried leave running statistics alone`() throws {
    let problem = try NetworkProblem(
      NetworkSpecification(layers: [
        .dense(units: 8), LayerSpecification(parsing: "batch_norm"), .dense(units: 10),
      ]),
      dataset: Self.digits(), batchSize: 64)
    let parameters = problem.initialParameters(masterSeed: 1, seedIndex: 0)
    var gradient = parameters
    problem.beginEpoch(1, masterSeed: 1, seedIndex: 0)
    let before = problem.evaluate(.test, parameters: parameters.span)
    let far = parameters.map { 1e30 * $0 }
    var span = gradient.mutableSpan
    _ = problem.lossAndGradient(batch: 0, parameters: far.span, gradient: &span, isProbe: true)
    #expect(problem.evaluate(.test, parameters: parameters.span) == before)
    _ = problem.lossAndGradient(batch: 0, parameters: parameters.span, gradient: &span)
    #expect(problem.evaluate(.test, parameters: parameters.span) != before)
  }

  @Test func `an epoch uses every sample once, its last batch partial`() throws {
    // Sample i is 2^i/1024 in its one feature, so with zero weights the gradient tells which samples took part.
    let count = 11
    let samples = Samples(
      featureCount: 1, features: (0..<count).map { Float(1 << $0) / 1024 },
      labels: Array(repeating: 0, count: count))
    let data = Dataset(
      name: "powers", title: "Powers", classCount: 2, train: samples, test: samples)
    let problem = try NetworkProblem(
      NetworkSpecification(layers: [.dense(units: 2)]), dataset: data, batchSize: 4)
    #expect(problem.batchesPerEpoch == 3)
    let zero = [Float](repeating: 0, count: problem.parameterCount)
    var gradient = zero
    var epochs: [[Float]] = []
    for epoch in 0..<2 {
      problem.beginEpoch(epoch, masterSeed: 3, seedIndex: 0)
      var sums: [Float] = []
      for batch in 0..<3 {
        var span = gradient.mutableSpan
        _ = problem.lossAndGradient(batch: batch, parameters: zero.span, gradient: &span)
        // p − onehot is −1/2, and the mean is over 4, 4 and 3 samples.
        sums.append(-2 * gradient[0] * Float(batch == 2 ? 3 : 4))
      }
      // Powers of two add up without rounding in any order, but for the three 1/3s: an ulp of 2.
      #expect(abs(sums.reduce(0, +) - 2047.0 / 1024) <= 2 * Float(2).ulp)
      epochs.append(sums)
    }
    #expect(epochs[0] != epochs[1], "epochs come in different orders")
  }

  @Test func `a seed index decides the start and the order, and nothing else does`() throws {
    let digits = try Self.digits()
    let first = try Self.train(on: digits, epochs: 2)
    let again = try Self.train(on: digits, epochs: 2)
    let other = try Self.train(on: digits, epochs: 2, seedIndex: 1)
    #expect(first.parameters == again.parameters && first.losses == again.losses)
    #expect(first.parameters != other.parameters && first.losses[0] != other.losses[0])
    // Beginning epoch 1 directly gives the order it has after epoch 0.
    let problem = first.problem
    var gradients = [[Float]](
      repeating: [Float](repeating: 0, count: problem.parameterCount), count: 2)
    for (index, epochs) in [[0, 1], [1]].enumerated() {
      for epoch in epochs { problem.beginEpoch(epoch, masterSeed: 1, seedIndex: 0) }
      var span = gradients[index].mutableSpan
      _ = problem.lossAndGradient(batch: 5, parameters: first.parameters.span, gradient: &span)
    }
    #expect(gradients[0] == gradients[1])
  }

  @Test func `trials side by side give bit for bit what one alone gives`() async throws {
    let digits = try Self.digits()
    let alone = try Self.train(on: digits, epochs: 3)
    try await withThrowingTaskGroup(of: ([Float], [Double]).self) { group in
      for _ in 0..<8 {
        group.addTask {
          let (parameters, losses, _) = try Self.train(on: digits, epochs: 3)
          return (parameters, losses)
        }
      }
      for try await (parameters, losses) in group {
        #expect(parameters == alone.parameters && losses == alone.losses)
      }
    }
  }

  @Test func `an evaluation does not depend on the batch size`() throws {
    let digits = try Self.digits()
    let evaluations = try [1, 64, 1437].map { size in
      let problem = try NetworkProblem(Self.perceptron, dataset: digits, batchSize: size)
      let parameters = problem.initialParameters(masterSeed: 5, seedIndex: 2)
      return problem.evaluate(.train, parameters: parameters.span)
    }
    #expect(evaluations[0] == evaluations[1] && evaluations[0] == evaluations[2])
  }

  @Test func `He's start has the right spread, zero biases and another stream per layer`() throws {
    let problem = try NetworkProblem(
      NetworkSpecification(layers: [.dense(units: 64), .relu, .dense(units: 64), .dense(units: 10)]
      ),
      dataset: Self.digits(), batchSize: 64)
    let parameters = problem.initialParameters(masterSeed: 1, seedIndex: 0)
    let weights = 64 * 64
    let first = parameters[0..<weights]
    let second = parameters[weights + 64..<2 * weights + 64]
    #expect(parameters[weights..<weights + 64].allSatisfy { $0 == 0 })
    #expect(!zip(first, second).contains { $0 == $1 })
    let variance = first.reduce(0) { $0 + Double($1 * $1) } / Double(weights)
    // The variance of n squared normals' mean is 2/n: five deviations of 0.022.
    #expect(abs(variance / (2.0 / 64) - 1) < 5 * (2 / Double(weights)).squareRoot())
  }

  @Test(arguments: [-1, 0, 1438])
  func `a batch that does not fit the data is refused`(size: Int) throws {
    let digits = try Self.digits()
    #expect(throws: NetworkError.batchSize(size, sampleCount: 1437)) {
      try NetworkProblem(Self.perceptron, dataset: digits, batchSize: size)
    }
  }

  @Test func `outputs that are not one per class are refused`() throws {
    let digits = try Self.digits()
    let error = #expect(throws: NetworkError.self) {
      try NetworkProblem(
        NetworkSpecification(layers: [.dense(units: 12)]), dataset: digits, batchSize: 64)
    }
    #expect(
      error?.description
        == "the last layer 'dense 12' gives 12 outputs per sample, but the data has 10 classes")
  }
}
