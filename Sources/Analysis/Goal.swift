import Records

/// What counts as having solved a surface.
///
/// With f* the lowest value, f₀ the one at the start and τ the precision, a run has solved it at f ≤ f* + τ(f₀ − f*) (Moré and Wild
/// 2009, "Benchmarking derivative-free optimization algorithms", equation 2.2).
package enum Goal: Sendable, Hashable, Codable {
  /// The scenario's target, reached as networks reach theirs.
  case target
  /// A precision τ.
  case precision(Double)

  /// Moré and Wild's precisions, from the easiest to the hardest: 10⁻¹ to 10⁻⁷.
  package static let precisions = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7]
}

extension TrialRecord {
  /// Updates until the loss was first within a precision of its distance to the lowest value.
  func steps(toPrecision precision: Double, above lowest: LowestValue) -> Int? {
    guard let curve = curve(.loss), let start = curve.values.first, start.isFinite else {
      return nil
    }
    let bound = lowest.value + precision * max(0, start - lowest.value)
    return curve.values.firstIndex { $0 <= bound }.map { curve.steps[$0] }
  }
}
