import Parameters

/// The hyperbolic tangent: y′ = 1 − y² (LeCun, Bottou, Orr and Müller 1998, "Efficient backprop", section 4.4).
package struct Tanh: ValueActivation {
  package static let name = "tanh"
  package static let summary = "hyperbolic tangent"
  package static let equation = "y = tanh(x)"
  package static let source =
    "LeCun, Bottou, Orr and Müller 1998, Efficient BackProp, section 4.4"
  package init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    pass.map { Scalar.hyperbolicTangent($0) }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    pass.mapGradient(gradients) { gradient, y in gradient * (1 - y * y) }
  }
}
