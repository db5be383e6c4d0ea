/// Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7; NumPy's default).
///
/// With h = (n − 1)p, the quantile is x₍⌊h⌋₎ + (h − ⌊h⌋)(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎), order statistics counted from 0.
/// Infinities are ordinary order statistics: between a finite and an infinite one the quantile is infinite, and
/// between −∞ and ∞ it is undefined. Values with a `nan`, or no values, give `nan`.
/// - Precondition: 0 ≤ `probability` ≤ 1.
/// - Complexity: O(*n* log *n*).
package func quantile(_ probability: Double, of values: some Sequence<Double>) -> Double {
  let values = Array(values)
  guard !values.contains(where: \.isNaN) else { return .nan }
  return quantile(probability, ofSorted: values.sorted())
}

/// Quantile of values in ascending order without `nan`.
/// - Complexity: O(1).
package func quantile(_ probability: Double, ofSorted values: [Double]) -> Double {
  precondition((0...1).contains(probability), "a probability is between 0 and 1")
  guard let last = values.indices.last else { return .nan }
  let position = Double(last) * probability
  let index = min(Int(position), last)
  let fraction = position - Double(index)
  let lower = values[index]
  guard fraction > 0, index < last else { return lower }
  let upper = values[index + 1]
  // ∞ − ∞ is undefined, but between equal neighbors the quantile equals them.
  if lower == upper { return lower }
  if lower.isInfinite { return upper.isInfinite ? .nan : lower }
  return lower + fraction * (upper - lower)
}

/// Median: the middle value, or the mean of the two middle values.
package func median(of values: some Sequence<Double>) -> Double { quantile(0.5, of: values) }
