import Parameters

/// The logistic function: y = 1/(1 + e⁻ˣ), y′ = y·(1 − y) (Goodfellow, Bengio and Courville 2016, section 3.10).
package struct Sigmoid: ValueActivation {
  package static let name = "sigmoid"
  package static let summary = "logistic function"
  package static let equation = "y = 1/(1 + e⁻ˣ)"
  package static let source =
    "Goodfellow, Bengio and Courville 2016, Deep Learning, section 3.10"
  package init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    pass.map { Scalar.logistic($0) }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    pass.mapGradient(gradients) { gradient, y in gradient * (y * (1 - y)) }
  }
}
