package import Parameters

/// The leaky rectifier: y = x where x > 0, else slope·x, its derivative at 0 being the slope
/// (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models", section 2).
package struct LeakyReLU: Layer {
  package static let name = "leaky_relu"
  package static let summary = "rectified linear unit that leaks where x is negative"
  package static let equation = "y = x where x > 0, else slope·x"
  package static let source =
    "Maas, Hannun and Ng 2013, Rectifier nonlinearities improve neural network acoustic models, section 2"
  package static let parameters: [Parameter<LeakyReLU>] = [
    // A negative slope would hide in the output which side the input was on.
    Parameter("slope", \.slope, .number(in: 0...1), "factor where x is negative")
  ]
  package static let positional = ["slope"]

  var slope = 0.01

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { input }
  package var traits: LayerTraits { LayerTraits(worksInPlace: true, readsOutput: true) }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    Scalar.rectify(pass.input, pass.output, pass.outputCount, slope: Scalar(slope))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    guard let inputGradient = gradients.input else { return }
    Scalar.rectifyGradient(
      gradients.output, pass.output, inputGradient, pass.inputCount, slope: Scalar(slope))
  }
}
