/// The quantile of the smallest of `count` values drawn from a sample without replacement, every subset being equally likely.
///
/// With values v₁ ≤ … ≤ vₙ, the smallest of k exceeds vᵢ with probability C(n−i, k)/C(n, k). What a search of k trials would
/// have found, judged by one of n ≥ k (Dodge et al. 2019, "Show Your Work", there with replacement).
///
/// - Parameters:
///   - probability: of the quantile, 0 to 1: the least value that the smallest does not exceed with this probability.
///   - sorted: the sample in ascending order; infinite values may stand at its end.
///   - count: from 1 to the size of the sample.
package func quantileOfBest(
  _ probability: Double, ofSorted sorted: [Double], count: Int
) -> Double {
  precondition((1...max(sorted.count, 1)).contains(count), "no subset of this size")
  // Probability that the smallest lies beyond the values looked at so far.
  var beyond = 1.0
  for (index, value) in sorted.enumerated() {
    let left = sorted.count - index
    // A subset that misses this value too has to come from those after it.
    beyond *= Double(max(0, left - count)) / Double(left)
    // Products of quotients round; half of a subset must not depend on the last bit.
    if 1 - beyond >= probability - 1e-12 { return value }
  }
  return sorted[sorted.count - 1]
}
