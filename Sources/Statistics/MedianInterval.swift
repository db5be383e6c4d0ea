import Foundation

/// Confidence interval of the median between order statistics; no assumption about the distribution.
///
/// The median is between the k-th smallest and the k-th largest of n values with probability at least
/// 1 − 2 Σ_{i<k} C(n, i)/2ⁿ, whatever the distribution (Thompson 1936; David and Nagaraja 2003, section 7.1). The interval has
/// the largest k for which this is at least the level. Infinite values, such as those of diverged runs, are ordered like any
/// others, so a bound may be infinite.
/// - Returns: `nil` if even the smallest and the largest value do not cover the median often enough: for fewer than six values
///   at 95 %. Also `nil` with a `nan`.
package func confidenceIntervalOfMedian(
  _ values: [Double], level: Double = 0.95
) -> ClosedRange<Double>? {
  precondition(level > 0 && level < 1, "a level is between 0 and 1")
  guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
  let sorted = values.sorted()
  let count = Double(sorted.count)
  // Logarithms, because 2ⁿ overflows for many values.
  var term = -count * log(2)
  var below = exp(term)
  var place: Int?
  for index in 0..<(sorted.count / 2) {
    guard 1 - 2 * below >= level else { break }
    place = index
    term += log(count - Double(index)) - log(Double(index) + 1)
    below += exp(term)
  }
  return place.map { sorted[$0]...sorted[sorted.count - 1 - $0] }
}
