package import Parameters

/// Normalizes each channel over the batch and its pixels: y = γ·x̂ + β with x̂ = (x − μ)/√(σ² + ε)
/// (Ioffe and Szegedy 2015, "Batch normalization", Algorithm 1).
///
/// In training μ and σ² are the batch's, σ² the biased variance; running ones follow as r ← (1 − m)·r + m·batch, the variance unbiased
/// (PyTorch's convention for the momentum m), and replace them at evaluation. Parameters: γ [channels], starting at 1, then β.
/// With g = ∂L/∂y over n values: ∂L/∂γ = Σ g·x̂, ∂L/∂β = Σ g and ∂L/∂x = γ/√(σ² + ε)·(g − mean g − x̂·mean(g·x̂)).
package struct BatchNormalization: Layer {
  package static let name = "batch_norm"
  package static let summary =
    "normalizes each channel over the batch, then scales and shifts it"
  package static let equation = "y = γ·(x − μ)/√(σ² + ε) + β"
  package static let source = "Ioffe and Szegedy 2015, Batch normalization, Algorithm 1"
  package static let parameters: [Parameter<BatchNormalization>] = [
    Parameter(
      "momentum", \.momentum, .number(in: 0...1), "weight of a batch in the running statistics"),
    Parameter(
      "epsilon", \.epsilon, .positive, "added to the variance for numerical stability"),
  ]
  package static let writesDefaults = true

  var momentum = 0.1
  var epsilon = 1e-5

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { input }

  package func tensors(for input: SampleShape) -> [LayerTensor] {
    [
      LayerTensor(shape: [input.channels], role: .gain, start: .constant(1)),
      LayerTensor(shape: [input.channels], role: .bias, start: .constant(0)),
    ]
  }

  package func workspace(for input: SampleShape) -> LayerWorkspace {
    LayerWorkspace(
      kept: 2 * input.channels,
      statistics: [Double](repeating: 0, count: input.channels)
        + [Double](repeating: 1, count: input.channels))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let channels = pass.inputShape.channels
    let plane = pass.inputShape.plane
    for channel in 0..<channels {
      let (mean, variance) =
        pass.context.isTraining
        ? takeStatistics(pass, channel)
        : (Double(pass.statistics[channel]), Double(pass.statistics[channels + channel]))
      let inverse = 1 / (variance + epsilon).squareRoot()
      if pass.context.keeps {
        pass.kept[channel] = Scalar(mean)
        pass.kept[channels + channel] = Scalar(inverse)
      }
      let center = Scalar(mean)
      let scale = Scalar(inverse)
      let gain = pass.parameters[channel]
      let shift = pass.parameters[channels + channel]
      for row in 0..<pass.rows {
        let begin = (row * channels + channel) * plane
        for index in begin..<begin + plane {
          pass.output[index] = gain * ((pass.input[index] - center) * scale) + shift
        }
      }
    }
  }

  /// Mean and biased variance of a channel over the batch, in two passes; the running values follow.
  @inline(__always)
  private func takeStatistics<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ channel: Int
  ) -> (mean: Double, variance: Double) {
    let channels = pass.inputShape.channels
    let plane = pass.inputShape.plane
    let count = Double(pass.rows * plane)
    var sum = 0.0
    for row in 0..<pass.rows {
      sum += Double(
        ChannelSums.sum(pass.input + (row * channels + channel) * plane, count: plane) { $0 })
    }
    let mean = sum / count
    let center = Scalar(mean)
    var squares = 0.0
    for row in 0..<pass.rows {
      squares += Double(
        ChannelSums.sum(pass.input + (row * channels + channel) * plane, count: plane) {
          ($0 - center) * ($0 - center)
        })
    }
    guard pass.context.tracksStatistics else { return (mean, squares / count) }
    let unbiased = squares / max(1, count - 1)
    let running = pass.statistics + channel
    running[0] = Scalar((1 - momentum) * Double(running[0]) + momentum * mean)
    running[channels] = Scalar((1 - momentum) * Double(running[channels]) + momentum * unbiased)
    return (mean, squares / count)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    let channels = pass.inputShape.channels
    let plane = pass.inputShape.plane
    let count = Double(pass.rows * plane)
    for channel in 0..<channels {
      let center = pass.kept[channel]
      let scale = pass.kept[channels + channel]
      var gradientSum = 0.0
      var productSum = 0.0
      for row in 0..<pass.rows {
        let begin = (row * channels + channel) * plane
        var sum: Scalar = 0
        var product: Scalar = 0
        for index in begin..<begin + plane {
          sum += gradients.output[index]
          product += gradients.output[index] * ((pass.input[index] - center) * scale)
        }
        gradientSum += Double(sum)
        productSum += Double(product)
      }
      gradients.parameters[channel] = Scalar(productSum)
      gradients.parameters[channels + channel] = Scalar(gradientSum)
      guard let inputGradient = gradients.input else { continue }
      let factor = pass.parameters[channel] * scale
      // At evaluation mean and variance are constants, so nothing flows through them.
      let mean = pass.context.isTraining ? Scalar(gradientSum / count) : 0
      let slope = pass.context.isTraining ? Scalar(productSum / count) : 0
      for row in 0..<pass.rows {
        let begin = (row * channels + channel) * plane
        for index in begin..<begin + plane {
          let normal = (pass.input[index] - center) * scale
          inputGradient[index] = factor * (gradients.output[index] - mean - normal * slope)
        }
      }
    }
  }
}
