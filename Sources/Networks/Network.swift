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
  let outputs: [UnsafeMutablePointer<Scalar>]
  let gradients: [UnsafeMutablePointer<Scalar>]
  let kept: [UnsafeMutablePointer<Scalar>]
  let scratch: UnsafeMutablePointer<Scalar>
  /// Running statistics of all nodes, one after the other; they outlive passes.
  let statistics: UnsafeMutablePointer<Scalar>
  let statisticsOffsets: [Int]
  let losses: UnsafeMutablePointer<Double>
  let order: UnsafeMutableBufferPointer<Int32>
  /// What layers add to the losses of a pass.
  let extraLoss: UnsafeMutablePointer<Double>
  /// The gradient by the data, if it was asked for.
  let inputGradientBuffer: UnsafeMutablePointer<Scalar>?

  /// Asked between layers: whether a pass ends early. Its loss is then NaN, and its outputs and gradients mean nothing.
  package var isCancelled: () -> Bool = { false }

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

  /// Room for `count` numbers, aligned to cache lines.
  package static func allocate(_ count: Int) -> UnsafeMutablePointer<Scalar> {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Scalar>.stride, alignment: 64)
    let buffer = bytes.bindMemory(to: Scalar.self, capacity: max(count, 1))
    buffer.initialize(repeating: 0, count: max(count, 1))
    return buffer
  }
}
