package import Parameters
import Randomness

/// The middle of a variational autoencoder: two dense heads μ and s, a draw z = μ + ε·exp(s/2) with ε normal, and the divergence from the
/// standard normal, −½·Σ(1 + s − μ² − eˢ), added to the loss of each sample
/// (Kingma and Welling 2014, "Auto-encoding variational Bayes", section 2.4 and appendix B; s is log σ²).
///
/// Parameters: the kernel of μ [units][inputs], that of s, then both biases. ε is drawn at evaluation too, as DeepOBS does: there
/// it is the same for all optimizers and epochs.
package struct GaussianLatent: Layer {
  package static let name = "gaussian_latent"
  package static let summary =
    "draws from normals whose means and log variances are dense in the input; adds their divergence to the loss"
  package static let equation = "z = μ + ε·exp(s/2); loss − ½·Σ(1 + s − μ² − eˢ)"
  package static let source =
    "Kingma and Welling 2014, Auto-encoding variational Bayes, section 2.4 and appendix B"
  package static let parameters: [Parameter<GaussianLatent>] = [
    Parameter("units", \.units, .whole(1...65_536), "numbers drawn").required()
  ]

  var units = 1

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { .vector(units) }

  package func tensors(for input: SampleShape) -> [LayerTensor] {
    let head = LayerTensor.weight([units, input.count], fanIn: input.count, fanOut: units)
    return [head, head, .bias(units), .bias(units)]
  }

  package func workspace(for input: SampleShape) -> LayerWorkspace {
    // Both heads and the noise; a pass that keeps nothing uses scratch.
    LayerWorkspace(keptPerSample: 3 * units, scratch: 3 * units)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    let width = pass.inputShape.count
    let biases = pass.parameters + 2 * units * width
    var generator = pass.generator
    var divergence = 0.0
    for row in 0..<pass.rows {
      let heads = pass.context.keeps ? pass.kept + 3 * units * row : pass.scratch
      heads.update(from: biases, count: 2 * units)
      Scalar.multiply(
        rows: 1, columns: 2 * units, inner: width, pass.input + row * width, transposed: false,
        pass.parameters, transposed: true, beta: 1, into: heads)
      for unit in 0..<units {
        let mean = Double(heads[unit])
        let spread = Double(heads[units + unit])
        let noise = Scalar(generator.normal())
        heads[2 * units + unit] = noise
        pass.output[row * units + unit] = Scalar(
          mean + Double(noise) * Double.exponential(spread / 2))
        divergence -= 0.5 * (1 + spread - mean * mean - Double.exponential(spread))
      }
    }
    pass.extraLoss.pointee += divergence
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    let width = pass.inputShape.count
    let share = 1 / Double(pass.rows)
    let biasGradient = gradients.parameters + 2 * units * width
    biasGradient.update(repeating: 0, count: 2 * units)
    for row in 0..<pass.rows {
      // The gradients by both heads take the heads' place.
      let heads = pass.kept + 3 * units * row
      for unit in 0..<units {
        let mean = Double(heads[unit])
        let spread = Double(heads[units + unit])
        let noise = Double(heads[2 * units + unit])
        let gradient = Double(gradients.output[row * units + unit])
        heads[unit] = Scalar(gradient + share * mean)
        heads[units + unit] = Scalar(
          gradient * noise * 0.5 * Double.exponential(spread / 2)
            - share * 0.5 * (1 - Double.exponential(spread)))
      }
      for index in 0..<2 * units { biasGradient[index] += heads[index] }
      let input = pass.input + row * width
      Scalar.multiply(
        rows: 2 * units, columns: width, inner: 1, heads, transposed: false, input,
        transposed: false, beta: row == 0 ? 0 : 1, into: gradients.parameters)
      if let inputGradient = gradients.input {
        Scalar.multiply(
          rows: 1, columns: width, inner: 2 * units, heads, transposed: false, pass.parameters,
          transposed: false, beta: 0, into: inputGradient + row * width)
      }
    }
  }
}
