package import Parameters

/// Normalizes each sample over all its numbers: y = γ·x̂ + β with x̂ = (x − μ)/√(σ² + ε), σ² the biased variance
/// (Ba, Kiros and Hinton 2016, "Layer normalization", section 3).
///
/// The same in training and at evaluation. Parameters: γ [numbers], starting at 1, then β. Gradients as in `BatchNormalization`,
/// with means over the numbers of a sample and γ·g in place of g.
package struct LayerNormalization: Layer {
  package static let name = "layer_norm"
  package static let summary =
    "normalizes each sample over all its numbers, then scales and shifts it"
  package static let equation = "y = γ·(x − μ)/√(σ² + ε) + β"
  package static let source = "Ba, Kiros and Hinton 2016, Layer normalization, section 3"
  package static let parameters: [Parameter<LayerNormalization>] = [
    Parameter("epsilon", \.epsilon, .positive, "added to the variance for numerical stability")
  ]
  package static let writesDefaults = true

  var epsilon = 1e-5

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { input }

  package func tensors(for input: SampleShape) -> [LayerTensor] {
    [
      LayerTensor(shape: [input.count], role: .gain, start: .constant(1)),
      LayerTensor(shape: [input.count], role: .bias, start: .constant(0)),
    ]
  }

  package func workspace(for input: SampleShape) -> LayerWorkspace {
    LayerWorkspace(keptPerSample: 2)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let width = pass.inputShape.count
    let shifts = pass.parameters + width
    for row in 0..<pass.rows {
      let input = pass.input + row * width
      let output = pass.output + row * width
      let center = ChannelSums.sum(input, count: width) { $0 } / Scalar(width)
      let variance =
        ChannelSums.sum(input, count: width) { ($0 - center) * ($0 - center) } / Scalar(width)
      let scale = Scalar(1 / (Double(variance) + epsilon).squareRoot())
      if pass.context.keeps {
        pass.kept[2 * row] = center
        pass.kept[2 * row + 1] = scale
      }
      for index in 0..<width {
        output[index] = pass.parameters[index] * ((input[index] - center) * scale) + shifts[index]
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    let width = pass.inputShape.count
    let gains = pass.parameters
    gradients.parameters.update(repeating: 0, count: 2 * width)
    for row in 0..<pass.rows {
      let input = pass.input + row * width
      let gradient = gradients.output + row * width
      let center = pass.kept[2 * row]
      let scale = pass.kept[2 * row + 1]
      var sum: Scalar = 0
      var product: Scalar = 0
      for index in 0..<width {
        let normal = (input[index] - center) * scale
        gradients.parameters[index] += gradient[index] * normal
        gradients.parameters[width + index] += gradient[index]
        sum += gains[index] * gradient[index]
        product += gains[index] * gradient[index] * normal
      }
      guard let inputGradient = gradients.input else { continue }
      let mean = sum / Scalar(width)
      let slope = product / Scalar(width)
      for index in 0..<width {
        let normal = (input[index] - center) * scale
        inputGradient[row * width + index] =
          scale * (gains[index] * gradient[index] - mean - normal * slope)
      }
    }
  }
}
