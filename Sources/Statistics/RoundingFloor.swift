/// The largest difference between two results of the same arithmetic that rounding explains: one floor for ranks and for the
/// comparison with baselines.
///
/// The same arithmetic gives the same bits on every machine, except elementary functions, whose last bit may differ between C
/// libraries. After thousands of steps of a contracting method, that stays far below 10⁻⁹ of a value.
package enum RoundingFloor {
  /// Relative to the larger of both distances to the lowest value.
  package static let relative = 1e-9
  /// Relative to the scale: below it, values are rounding noise.
  package static let absolute = 1e-20
  /// Units in the last place that the sum of a few terms may be off by.
  private static let lastPlaces = 4.0

  /// Largest error of a − b if both are a few roundings away from what they mean, as fractions and medians are: 4 ulp(max(|a|, |b|)).
  static func ofDifference(_ first: Double, _ second: Double) -> Double {
    lastPlaces * max(abs(first), abs(second)).ulp
  }

  /// Whether |a − b| ≤ 10⁻⁹ max(|a − f*|, |b − f*|) + 10⁻²⁰ s + 4 ulp(max(|a|, |b|)), with f* the lowest value and s the scale.
  ///
  /// A constant added to both values and to the lowest one changes nothing but the last term, which is the rounding of that constant.
  /// - Parameters:
  ///   - scale: Size of the values at the start; 0 if it is not finite.
  ///   - lowest: Lowest value there can be; 0 for a value whose distance to 0 is meant.
  package static func agree(
    _ first: Double, _ second: Double, scale: Double, lowest: Double = 0
  ) -> Bool {
    if first == second || (first.isNaN && second.isNaN) { return true }
    guard first.isFinite, second.isFinite else { return false }
    let distance = max(abs(first - lowest), abs(second - lowest))
    return abs(first - second)
      <= relative * distance + absolute * (scale.isFinite ? abs(scale) : 0)
      + ofDifference(first, second)
  }
}
