/// Difference of a pair of values, and how much of it rounding explains.
struct PairedDifference {
  /// first − second; 0 if rounding explains it or both are the same infinity, infinite if only one is finite.
  let value: Double
  /// Largest error of the difference by the rounding of its operands; 0 for infinite ones.
  private let rounding: Double

  /// `nan` is worse than any other value, so it counts as ∞.
  init(_ first: Double, _ second: Double) {
    let first = first.isNaN ? .infinity : first
    let second = second.isNaN ? .infinity : second
    guard first.isFinite, second.isFinite else {
      value = first == second ? 0 : first - second
      rounding = 0
      return
    }
    let difference = first - second
    rounding = RoundingFloor.ofDifference(first, second)
    value = abs(difference) <= rounding ? 0 : difference
  }

  var size: Double { abs(value) }

  /// Whether rounding explains that the sizes differ.
  func ties(with other: PairedDifference) -> Bool {
    size == other.size || abs(size - other.size) <= rounding + other.rounding
  }
}

/// first − second; 0 if both are the same infinity, both `nan`, or as large as rounding explains; infinite if only one is finite.
///
/// `nan` is worse than any other value, so it counts as ∞.
package func pairedDifference(_ first: Double, _ second: Double) -> Double {
  PairedDifference(first, second).value
}
