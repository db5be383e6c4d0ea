package import Datasets

extension NetworkSpecification {
  /// The tensors of the parameter buffer, in its order and without gaps, for samples of a form.
  /// Empty where shapes do not fit, which building the network reports.
  package func tensors(_ form: DataForm) -> [NetworkTensor] {
    (try? NetworkPlan(self, form: form, checksOutputs: false).tensors) ?? []
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
