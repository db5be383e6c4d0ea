/// One tensor of a network's flat parameter buffer.
package struct NetworkTensor: Hashable, Sendable {
  package enum Role: String, CaseIterable, Sendable {
    case weight
    case bias
    /// The factor γ of a normalisation.
    case gain
  }

  package var range: Range<Int>
  /// `[units, inputs]` of a dense layer's weight, `[filters, channels, height, width]` of a convolution's; row-major.
  package var shape: [Int]
  package var role: Role
  /// The place of its layer in the network, from 0; layers of a residual block count one by one, and so does its sum.
  package var layer: Int
  /// The layer as a scenario writes it.
  package var layerText: String
}

extension NetworkSpecification {
  /// The tensors of the parameter buffer, in its order and without gaps, for samples of `featureCount` numbers.
  /// Empty where shapes do not fit, which whoever builds the network is told.
  package func tensors(featureCount: Int) -> [NetworkTensor] {
    (try? NetworkPlan(self, featureCount: featureCount, classCount: nil).tensors) ?? []
  }
}

extension NetworkProblem {
  /// The tensors of the parameter buffer, in its order and without gaps.
  package var tensors: [NetworkTensor] { plan.tensors }
}

/// A layer with parameters: its name and its stretch of the parameter buffer.
package struct TrainedLayer: Hashable, Sendable {
  /// Its place among all layers, from 1, and its kind: `1-dense`.
  package var name: String
  package var range: Range<Int>
}

extension NetworkProblem {
  /// The layers that have parameters, in order.
  package var trainedLayers: [TrainedLayer] {
    var layers: [TrainedLayer] = []
    var former: Int?
    for tensor in tensors {
      if tensor.layer == former {
        let begin = layers[layers.count - 1].range.lowerBound
        layers[layers.count - 1].range = begin..<tensor.range.upperBound
        continue
      }
      former = tensor.layer
      let kind = tensor.layerText.prefix { !$0.isWhitespace }
      layers.append(TrainedLayer(name: "\(tensor.layer + 1)-\(kind)", range: tensor.range))
    }
    return layers
  }
}
