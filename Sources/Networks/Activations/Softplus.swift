import Parameters

/// The smooth rectifier: y = log(1 + eˣ) as max(0, x) + log(1 + e^−|x|), y′ = 1 − e⁻ʸ
/// (Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, "Incorporating second-order functional knowledge", section 3).
package struct Softplus: ValueActivation {
  package static let name = "softplus"
  package static let summary = "smooth rectifier"
  package static let equation = "y = log(1 + eˣ)"
  package static let source =
    "Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, section 3"
  package init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func forward<Scalar: BLASScalar>(_ pass: LayerPass<Scalar>) {
    pass.map { ($0 <= 0 ? 0 : $0) + Scalar.logarithmPlusOne(Scalar.exponential(-abs($0))) }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func backward<Scalar: BLASScalar>(
    _ pass: LayerPass<Scalar>, _ gradients: LayerGradients<Scalar>
  ) {
    pass.mapGradient(gradients) { gradient, y in gradient * -Scalar.exponentialMinusOne(-y) }
  }
}
