package import Randomness

extension NetworkPlan {
  /// Starting values of all parameters; layer *i* draws from the key's stream of step *i*.
  package func initialParameters(key: RandomKey) -> [Float] {
    [Float](unsafeUninitializedCapacity: parameterCount) { buffer, count in
      buffer.initialize(repeating: 0)
      for (index, node) in nodes.enumerated() {
        var layerKey = key
        layerKey.step = index
        var generator = layerKey.generator()
        var begin = node.offset
        for tensor in node.tensors {
          let part = UnsafeMutableBufferPointer(rebasing: buffer[begin..<begin + tensor.count])
          begin += tensor.count
          switch tensor.start {
          case .constant(let value): part.update(repeating: Float(value))
          case .bias: part.update(repeating: Float(node.bias))
          case .weights(let fanIn, let fanOut):
            node.initialization.fill(part, fanIn: fanIn, fanOut: fanOut, from: &generator)
          }
        }
      }
      count = parameterCount
    }
  }

  /// The tensors of the parameter buffer, in its order and without gaps.
  package var tensors: [NetworkTensor] {
    nodes.enumerated().flatMap { index, node in
      var begin = node.offset
      return node.tensors.map { tensor in
        defer { begin += tensor.count }
        return NetworkTensor(
          range: begin..<begin + tensor.count, shape: tensor.shape, role: tensor.role,
          layer: index, layerText: node.text)
      }
    }
  }
}
