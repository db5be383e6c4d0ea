/// Quantile of the smallest of `count` values drawn from a sample without replacement, with all subsets equally likely.
///
/// With values v₁ ≤ … ≤ vₙ, the smallest of k exceeds vᵢ with probability C(n−i, k)/C(n, k). This estimates the result of a
/// search with k trials from a search with n ≥ k trials (Dodge et al. 2019, "Show Your Work", there with replacement).
///
/// - Parameters:
///   - probability: Probability of the quantile, from 0 to 1.
///   - sorted: The sample in ascending order; it may end with infinite values.
///   - count: From 1 to the size of the sample.
package func quantileOfBest(
  _ probability: Double, ofSorted sorted: [Double], count: Int
) -> Double {
  precondition((1...max(sorted.count, 1)).contains(count), "no subset of this size")
  // Probability that the smallest is beyond the values visited so far.
  var beyond = 1.0
  for (index, value) in sorted.enumerated() {
    let left = sorted.count - index
    // A subset without this value consists of values after it.
    beyond *= Double(max(0, left - count)) / Double(left)
    // Products of quotients have rounding errors; the median must not depend on the last bit.
    if 1 - beyond >= probability - 1e-12 { return value }
  }
  return sorted[sorted.count - 1]
}
