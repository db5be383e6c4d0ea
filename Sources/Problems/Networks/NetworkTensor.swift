/// One tensor of a network's flat parameter buffer.
public struct NetworkTensor: Hashable, Sendable {
  public enum Role: String, CaseIterable, Sendable {
    case weight
    case bias
  }

  public var range: Range<Int>
  /// `[units, inputs]` of a weight, `[units]` of a bias; row-major.
  public var shape: [Int]
  public var role: Role
  /// Place of the layer that it belongs to among all layers, from 0.
  public var layer: Int
}

extension NetworkSpecification {
  /// The tensors of the parameter buffer, in its order and without gaps, for samples of `featureCount` numbers.
  package func tensors(featureCount: Int) -> [NetworkTensor] {
    var tensors: [NetworkTensor] = []
    var width = featureCount
    var end = 0
    var place = 0
    func add(_ shape: [Int], _ role: NetworkTensor.Role) {
      let begin = end
      end += shape.reduce(1, *)
      tensors.append(NetworkTensor(range: begin..<end, shape: shape, role: role, layer: place))
    }
    for (index, layer) in layers.enumerated() {
      guard case .dense(let units) = layer else { continue }
      place = index
      add([units, width], .weight)
      add([units], .bias)
      width = units
    }
    return tensors
  }
}

extension NetworkProblem {
  /// The tensors of the parameter buffer, in its order and without gaps.
  public var tensors: [NetworkTensor] {
    specification.tensors(featureCount: dataset.featureCount)
  }
}

/// A layer with parameters: its name and its stretch of the parameter buffer.
public struct TrainedLayer: Hashable, Sendable {
  /// Its place among all layers, from 1, and its kind: `1-dense`.
  public var name: String
  public var range: Range<Int>
}

extension NetworkProblem {
  /// The layers that have parameters, in order.
  public var trainedLayers: [TrainedLayer] {
    var layers: [TrainedLayer] = []
    var former: Int?
    for tensor in tensors {
      if tensor.layer == former {
        let begin = layers[layers.count - 1].range.lowerBound
        layers[layers.count - 1].range = begin..<tensor.range.upperBound
        continue
      }
      former = tensor.layer
      let kind = specification.layers[tensor.layer].description.prefix { !$0.isWhitespace }
      layers.append(TrainedLayer(name: "\(tensor.layer + 1)-\(kind)", range: tensor.range))
    }
    return layers
  }
}
