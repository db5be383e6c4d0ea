import Randomness

/// A feed-forward network with its workspace: every buffer is allocated once, and a pass allocates nothing.
///
/// Parameters are one flat buffer, layer by layer. Not `Sendable`: each trial has its own.
package final class Network<Scalar: BLASScalar> {
  package let parameterCount: Int
  package let outputWidth: Int
  /// The most samples that one pass takes.
  package let capacity: Int

  private let layers: [NetworkLayer]
  private let loss: LossFunction
  /// Where each layer's parameters begin.
  private let offsets: [Int]
  /// The outputs of each layer, `capacity` rows each.
  private let outputs: [UnsafeMutablePointer<Scalar>]
  /// The gradients by the outputs of each layer; nil below the first layer with parameters, where none is needed.
  private let gradients: [UnsafeMutablePointer<Scalar>?]
  private let firstTrained: Int

  /// - Throws: What is wrong with the shapes.
  package init(
    _ specification: NetworkSpecification, featureCount: Int, classCount: Int, capacity: Int
  ) throws(NetworkError) {
    OpenBLAS.useOneThread()
    parameterCount = try specification.parameterCount(
      featureCount: featureCount, classCount: classCount)
    outputWidth = classCount
    self.capacity = capacity
    loss = specification.loss
    var layers: [NetworkLayer] = []
    var offsets: [Int] = []
    var width = featureCount
    var offset = 0
    for specification in specification.layers {
      let layer = NetworkLayer(specification, inputWidth: width)
      layers.append(layer)
      offsets.append(offset)
      width = layer.shape.outputWidth
      offset += layer.shape.parameterCount
      guard capacity <= NetworkSpecification.parameterLimit / max(width, 1) else {
        throw .batchTooLarge(layer: specification, batchSize: capacity)
      }
    }
    let firstTrained = layers.firstIndex { $0.shape.parameterCount > 0 } ?? layers.count
    self.layers = layers
    self.offsets = offsets
    self.firstTrained = firstTrained
    outputs = layers.map { Self.allocate(capacity * $0.shape.outputWidth) }
    gradients = layers.enumerated().map { index, layer in
      index < firstTrained ? nil : Self.allocate(capacity * layer.shape.outputWidth)
    }
  }

  deinit {
    for buffer in outputs { buffer.deallocate() }
    for buffer in gradients { buffer?.deallocate() }
  }

  /// Starting values of all parameters; layer *i* draws from the key's stream of step *i*.
  package static func initialParameters(
    _ specification: NetworkSpecification, featureCount: Int, parameterCount: Int, key: RandomKey
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: parameterCount) { buffer, count in
      buffer.initialize(repeating: 0)
      var width = featureCount
      var offset = 0
      for (index, layerSpecification) in specification.layers.enumerated() {
        let layer = NetworkLayer(layerSpecification, inputWidth: width).shape
        var layerKey = key
        layerKey.step = index
        var generator = layerKey.generator()
        layer.initialize(
          UnsafeMutableBufferPointer(rebasing: buffer[offset..<offset + layer.parameterCount]),
          by: specification.initialization, from: &generator)
        width = layer.outputWidth
        offset += layer.parameterCount
      }
      count = parameterCount
    }
  }

  /// The mean loss over `rows` samples; `gradient` (`parameterCount` numbers) is overwritten.
  package func lossAndGradient(
    rows: Int, input: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>,
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>
  ) -> Double {
    let last = layers.count - 1
    let logits = forward(rows: rows, input: input, parameters: parameters)
    guard let logitGradient = gradients[last] else { preconditionFailure("no layer is trained") }
    let lossSum =
      switch loss {
      case .softmaxCrossEntropy:
        SoftmaxCrossEntropy.lossSum(
          rows: rows, classes: outputWidth, logits: logits, labels: labels, gradient: logitGradient)
      }
    for index in stride(from: last, through: firstTrained, by: -1) {
      guard let outputGradient = gradients[index] else { break }
      layers[index].backward(
        rows: rows, parameters: parameters + offsets[index],
        input: index == 0 ? input : UnsafePointer(outputs[index - 1]), output: outputs[index],
        outputGradient: outputGradient, parameterGradient: gradient + offsets[index],
        inputGradient: index == firstTrained ? nil : gradients[index - 1])
    }
    return lossSum / Double(rows)
  }

  /// The sum of the losses over `rows` samples, and how many are classified rightly.
  package func evaluate(
    rows: Int, input: UnsafePointer<Scalar>, labels: UnsafePointer<Int32>,
    parameters: UnsafePointer<Scalar>
  ) -> (lossSum: Double, correct: Int) {
    let logits = forward(rows: rows, input: input, parameters: parameters)
    return switch loss {
    case .softmaxCrossEntropy:
      SoftmaxCrossEntropy.evaluate(
        rows: rows, classes: outputWidth, logits: logits, labels: labels)
    }
  }

  /// The outputs of the last layer, `rows`×`outputWidth`, valid until the next pass.
  package func forward(
    rows: Int, input: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>
  ) -> UnsafePointer<Scalar> {
    precondition(
      (1...capacity).contains(rows), "\(rows) samples do not fit a workspace of \(capacity)")
    var current = input
    for index in layers.indices {
      layers[index].forward(
        rows: rows, parameters: parameters + offsets[index], input: current,
        output: outputs[index])
      current = UnsafePointer(outputs[index])
    }
    return current
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
