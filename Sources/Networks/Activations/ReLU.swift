import Parameters

/// The rectifier: y = max(0, x), its derivative at 0 taken as 0 (Nair and Hinton 2010, section 2).
///
/// Both comparisons are written so that a NaN passes through: a diverged network must show.
package struct ReLU: ValueActivation {
  package static let name = "relu"
  package static let summary = "rectified linear unit"
  package static let equation = "y = max(0, x)"
  package static let source =
    "Nair and Hinton 2010, Rectified linear units, section 2"
  package init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    Scalar.rectify(pass.input, pass.output, pass.outputCount, slope: 0)
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    guard let inputGradient = gradients.input else { return }
    Scalar.rectifyGradient(
      gradients.output, pass.output, inputGradient, pass.inputCount, slope: 0)
  }
}
