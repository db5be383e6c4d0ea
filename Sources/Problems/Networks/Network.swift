import Randomness

/// A feed-forward network with its workspace: every buffer is allocated once, and a pass allocates nothing.
///
/// Parameters are one flat buffer, layer by layer. Not `Sendable`: each trial has its own.
package final class Network<Scalar: BLASScalar> {
  package let plan: NetworkPlan
  /// The most samples that one pass takes.
  package let capacity: Int
  /// The most samples that one pass with gradients takes.
  package let trainingCapacity: Int

  let buffers: NetworkBuffers
  private let outputs: [UnsafeMutablePointer<Scalar>]
  private let gradients: [UnsafeMutablePointer<Scalar>]
  private let kept: [UnsafeMutablePointer<Scalar>]
  private let scratch: UnsafeMutablePointer<Scalar>
  /// Running statistics of all nodes, one after the other; they outlive passes.
  private let statistics: UnsafeMutablePointer<Scalar>
  private let statisticsOffsets: [Int]
  private let losses: UnsafeMutablePointer<Double>
  private let order: UnsafeMutableBufferPointer<Int32>
  /// What layers add to the losses of a pass.
  private let extraLoss: UnsafeMutablePointer<Double>
  /// The gradient by the data, if it was asked for.
  private let inputGradientBuffer: UnsafeMutablePointer<Scalar>?

  package var parameterCount: Int { plan.parameterCount }
  package var outputWidth: Int { plan.outputCount }

  /// - Parameters:
  ///   - trainingCapacity: Samples of a mini-batch, if fewer than `capacity`.
  ///   - keepsAll: Whether all outputs can be looked at after a pass; for certification.
  ///   - withInputGradient: Whether the gradient by the data is taken too; for certification.
  /// - Throws: What is wrong with the shapes.
  package init(
    _ specification: NetworkSpecification, featureCount: Int, classCount: Int, capacity: Int,
    trainingCapacity: Int? = nil, keepsAll: Bool = false, withInputGradient: Bool = false
  ) throws(NetworkError) {
    OpenBLAS.useOneThread()
    let plan = try NetworkPlan(specification, featureCount: featureCount, classCount: classCount)
    let training = trainingCapacity ?? capacity
    for node in plan.nodes {
      guard capacity <= NetworkSpecification.parameterLimit / max(node.output.count, 1) else {
        throw .batchTooLarge(layer: node.text, batchSize: capacity)
      }
    }
    self.plan = plan
    self.capacity = capacity
    self.trainingCapacity = training
    buffers = NetworkBuffers(plan, keepsAll: keepsAll, withInputGradient: withInputGradient)
    outputs = buffers.outputSizes.map { Self.allocate(capacity * $0) }
    gradients = buffers.gradientSizes.map { Self.allocate(training * $0) }
    kept = plan.nodes.map {
      Self.allocate(training * $0.workspace.keptPerSample + $0.workspace.kept)
    }
    scratch = Self.allocate(plan.nodes.map(\.workspace.scratch).max() ?? 0)
    inputGradientBuffer = withInputGradient ? Self.allocate(training * featureCount) : nil
    var offset = 0
    statisticsOffsets = plan.nodes.map { node in
      defer { offset += node.workspace.statistics.count }
      return offset
    }
    statistics = Self.allocate(offset)
    losses = .allocate(capacity: capacity)
    losses.initialize(repeating: 0, count: capacity)
    order = .allocate(capacity: capacity)
    order.initialize(repeating: 0)
    extraLoss = .allocate(capacity: 1)
    extraLoss.initialize(to: 0)
    resetStatistics()
  }

  deinit {
    for buffer in outputs + gradients + kept + [scratch, statistics] { buffer.deallocate() }
    inputGradientBuffer?.deallocate()
    losses.deallocate()
    order.deallocate()
    extraLoss.deallocate()
  }

  /// Running statistics as before any training.
  package func resetStatistics() {
    for index in plan.nodes.indices {
      setStatistics(plan.nodes[index].workspace.statistics, ofNode: index)
    }
  }

  /// The running statistics of a node.
  package func statistics(ofNode index: Int) -> [Double] {
    plan.nodes[index].workspace.statistics.indices.map {
      Double(statistics[statisticsOffsets[index] + $0])
    }
  }

  package func setStatistics(_ values: [Double], ofNode index: Int) {
    precondition(
      values.count == plan.nodes[index].workspace.statistics.count, "as many as the layer has")
    for (place, value) in values.enumerated() {
      statistics[statisticsOffsets[index] + place] = Scalar(value)
    }
  }

  /// The outputs of a node over the rows of the last pass, valid until the next one; meaningful for all nodes only with `keepsAll`.
  package func output(ofNode index: Int) -> UnsafePointer<Scalar>? {
    buffers.outputs[index].map { UnsafePointer(outputs[$0]) }
  }

  /// The gradient by the output of a node, likewise.
  package func gradient(ofNode index: Int) -> UnsafePointer<Scalar>? {
    buffers.gradients[index].map { UnsafePointer(gradients[$0]) }
  }

  /// The gradient by the data over the rows of the last pass.
  package var inputGradient: UnsafePointer<Scalar>? {
    inputGradientBuffer.map { UnsafePointer($0) }
  }

  /// The losses of the samples of the last pass.
  package var sampleLosses: UnsafePointer<Double> { UnsafePointer(losses) }

  private static func trainingContext(_ key: RandomKey?) -> PassContext {
    PassContext(
      isTraining: true, keeps: true, key: key ?? RandomKey(masterSeed: 0, purpose: .layerNoise))
  }

  /// The mean loss over `rows` samples, penalty included; `gradient` (`parameterCount` numbers) is overwritten.
  ///
  /// - Parameters:
  ///   - key: What the randomness of layers is keyed by: master seed, seed index, epoch, batch.
  ///   - tracksStatistics: Whether running statistics follow; see `PassContext`.
  package func lossAndGradient(
    rows: Int, input: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>,
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
    key: RandomKey? = nil, tracksStatistics: Bool = true
  ) -> Double {
    var context = Self.trainingContext(key)
    context.tracksStatistics = tracksStatistics
    return lossAndGradient(
      rows: rows, input: input, targets: targets(labels: labels, input: input),
      parameters: parameters, gradient: gradient, context: context)
  }

  /// The same for any targets and any kind of pass.
  package func lossAndGradient(
    rows: Int, input: UnsafePointer<Scalar>, targets: LossTargets<Scalar>,
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>, context: PassContext
  ) -> Double {
    precondition(
      (1...trainingCapacity).contains(rows),
      "\(rows) samples do not fit a workspace of \(trainingCapacity)")
    let specification = plan.specification
    let last = plan.nodes.count - 1
    let result = forward(rows: rows, input: input, parameters: parameters, context: context)
    guard let place = buffers.gradients[last] else { preconditionFailure("no layer is trained") }
    let outputGradient = gradients[place]
    var loss =
      specification.loss.lossSum(
        rows: rows, width: outputWidth, outputs: result, targets: targets, losses: losses,
        gradient: outputGradient) / Double(rows)
    if specification.hardestRatio < 1 {
      loss = HardExamples.mean(
        rows: rows, width: outputWidth, ratio: specification.hardestRatio, losses: losses,
        order: order, gradient: outputGradient)
    }
    backward(
      rows: rows, input: input, parameters: parameters, gradient: gradient, context: context)
    return loss + extraLoss.pointee / Double(rows) + penalise(parameters, gradient)
  }

  private func penalise(
    _ parameters: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
  ) -> Double {
    let penalty = plan.specification.penalty
    guard penalty != .none else { return 0 }
    var total = 0.0
    for node in plan.nodes {
      var begin = node.offset
      for tensor in node.tensors {
        if penalty.applies(to: tensor.role) {
          total += penalty.add(
            of: parameters + begin, count: tensor.count, to: gradient + begin)
        }
        begin += tensor.count
      }
    }
    return total
  }

  /// The sum of the losses on the data alone over `rows` samples, and how many are classified rightly: those whose first largest
  /// output is their label's. A row with a NaN counts as wrong; where no classes are told none are right.
  package func evaluate(
    rows: Int, input: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>,
    parameters: UnsafePointer<Scalar>, key: RandomKey? = nil
  ) -> (lossSum: Double, correct: Int) {
    var context = PassContext.evaluation
    if let key { context.key = key }
    let result = forward(rows: rows, input: input, parameters: parameters, context: context)
    let specification = plan.specification
    let lossSum = specification.loss.lossSum(
      rows: rows, width: outputWidth, outputs: result,
      targets: targets(labels: labels, input: input),
      losses: losses, gradient: nil)
    var correct = 0
    if specification.loss.tellsClasses {
      for row in 0..<rows where winner(result + row * outputWidth) == Int(labels[row]) {
        correct += 1
      }
    }
    return (lossSum + extraLoss.pointee, correct)
  }

  /// The place of the first largest of a row's outputs; −1 if one is a NaN.
  private func winner(_ outputs: UnsafePointer<Scalar>) -> Int {
    var winner = 0
    for index in 0..<outputWidth {
      if outputs[index].isNaN { return -1 }
      if outputs[index] > outputs[winner] { winner = index }
    }
    return winner
  }

  private func targets(
    labels: UnsafePointer<Int32>, input: UnsafePointer<Scalar>
  ) -> LossTargets<Scalar> {
    plan.specification.loss.tellsClasses ? .labels(labels) : .values(input)
  }

  /// The outputs of the last layer, `rows`×`outputWidth`, valid until the next pass.
  package func forward(
    rows: Int, input: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>,
    context: PassContext = .evaluation
  ) -> UnsafePointer<Scalar> {
    precondition(
      (1...capacity).contains(rows), "\(rows) samples do not fit a workspace of \(capacity)")
    extraLoss.pointee = 0
    for index in plan.nodes.indices {
      let pass = self.pass(
        index, rows: rows, input: input, parameters: parameters, context: context)
      guard let pass else { continue }
      if let layer = plan.nodes[index].layer {
        layer.forward(pass)
      } else if let addend = plan.nodes[index].addend {
        Sum.add(pass.input, outputPointer(addend, input), pass.outputCount, into: pass.output)
      }
    }
    return outputPointer(plan.nodes.count - 1, input)
  }

  private func backward(
    rows: Int, input: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>,
    gradient: UnsafeMutablePointer<Scalar>, context: PassContext
  ) {
    for index in stride(from: plan.nodes.count - 1, through: buffers.firstTrained, by: -1) {
      guard let place = buffers.gradients[index] else { break }
      let inputGradient =
        index == buffers.firstTrained
        ? (index == 0 ? inputGradientBuffer : nil)
        : buffers.gradients[index - 1].map { gradients[$0] }
      if let pass = self.pass(
        index, rows: rows, input: input, parameters: parameters, context: context)
      {
        if let layer = plan.nodes[index].layer {
          layer.backward(
            pass,
            LayerGradients(
              output: gradients[place], parameters: gradient + plan.nodes[index].offset,
              input: inputGradient))
        } else {
          inputGradient?.update(from: gradients[place], count: pass.outputCount)
        }
      } else if index == 0, let inputGradient {
        // A view of the data: its gradient is theirs.
        inputGradient.update(from: gradients[place], count: rows * plan.featureCount)
      }
      for sum in buffers.rejoining[index] {
        if let inputGradient, let place = buffers.gradients[sum] {
          Sum.accumulate(
            gradients[place], rows * plan.nodes[index].input.count, into: inputGradient)
        }
      }
    }
  }

  /// The output of a node; −1 is the data.
  private func outputPointer(
    _ index: Int, _ input: UnsafePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    guard index >= 0, let place = buffers.outputs[index] else { return input }
    return UnsafePointer(outputs[place])
  }

  /// What a node works on; nil for one that moves nothing.
  private func pass(
    _ index: Int, rows: Int, input: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>,
    context: PassContext
  ) -> LayerPass<Scalar>? {
    let node = plan.nodes[index]
    guard let place = buffers.outputs[index], node.layer?.traits.isView != true else { return nil }
    return LayerPass(
      rows: rows, inputShape: node.input, outputShape: node.output,
      parameters: parameters + node.offset, input: outputPointer(index - 1, input),
      output: outputs[place], kept: kept[index], scratch: scratch,
      statistics: statistics + statisticsOffsets[index], extraLoss: extraLoss, context: context,
      index: index)
  }

  /// Room for `count` numbers, aligned to cache lines.
  package static func allocate(_ count: Int) -> UnsafeMutablePointer<Scalar> {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Scalar>.stride, alignment: 64)
    let buffer = bytes.bindMemory(to: Scalar.self, capacity: max(count, 1))
    buffer.initialize(repeating: 0, count: max(count, 1))
    return buffer
  }
}

/// The sums that end residual blocks.
enum Sum {
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  static func add<Scalar: BLASScalar>(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ count: Int,
    into sum: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { sum[index] = a[index] + b[index] }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  static func accumulate<Scalar: BLASScalar>(
    _ a: UnsafePointer<Scalar>, _ count: Int, into sum: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { sum[index] += a[index] }
  }
}
