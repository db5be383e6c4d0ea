/// The leaky rectifier: y = x where x > 0, else slope·x, its derivative at 0 being the slope
/// (Maas, Hannun and Ng 2013, "Rectifier nonlinearities improve neural network acoustic models", section 2).
package struct LeakyReLU: Layer {
  package static let name = "leaky_relu"
  package static let form = "leaky_relu [SLOPE]"
  package static let summary = "x, or slope·x where x is negative; the slope is 0.01 unless told"

  let slope: Double

  package init(reading words: inout LayerWords) throws(NetworkError) {
    // A negative slope would hide in the output which side the input was on.
    slope =
      words.isAtNumber ? try words.number("a slope from 0 to 1") { (0...1).contains($0) } : 0.01
  }

  package var description: String { "leaky_relu \(slope)" }
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
