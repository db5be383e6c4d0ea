/// Whether two numbers agree to a relative difference.
///
/// Sums of a few hundred terms: agreement to 10⁻¹¹ leaves no doubt that it is the same formula.
func same(_ value: Double, _ expected: Double, _ relative: Double = 1e-11) -> Bool {
  abs(value - expected) <= relative * abs(expected)
}
