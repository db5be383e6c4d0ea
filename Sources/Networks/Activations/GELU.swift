import Parameters

/// The Gaussian error linear unit: y = x·Φ(x), exact, with Φ the standard normal distribution function; y′ = Φ(x) + x·φ(x)
/// (Hendrycks and Gimpel 2016, "Gaussian error linear units", section 2).
package struct GELU: Layer {
  package static let name = "gelu"
  package static let summary = "Gaussian error linear unit, exact"
  package static let equation = "y = x·Φ(x)"
  package static let source = "Hendrycks and Gimpel 2016, Gaussian error linear units, section 2"

  package init() {}

  package func output(for input: SampleShape) -> SampleShape { input }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    pass.map { $0 * Self.distribution($0) }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    guard let inputGradient = gradients.input else { return }
    let peak = Scalar(0.398_942_280_401_432_7)
    Elementwise.map2(gradients.output, pass.input, inputGradient, pass.inputCount) { gradient, x in
      gradient * (Self.distribution(x) + x * peak * Scalar.exponential(-x * x / 2))
    }
  }

  @inline(__always)
  private static func distribution<Scalar: BLASScalar>(_ x: Scalar) -> Scalar {
    (1 + Scalar.errorFunction(x * Scalar(0.707_106_781_186_547_5))) / 2
  }
}
