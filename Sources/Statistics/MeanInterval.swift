/// Confidence interval of the mean of few values: Student's, extended on the side to which the values are skewed
/// (``SkewedTails``).
///
/// For skewed values the coverage of Student's interval is too small. The skewness of few values is on average about half of that
/// of the distribution (log-normal values, n = 10), so its term counts twice.
///
/// Docs state the coverage, simulated for normal, skewed and discrete values.
/// - Parameter bounds: Range of possible values, such as 0 to 1 for an accuracy.
/// - Returns: `nil` for fewer than three values, for values that are not finite, and for values that are all equal: they say
///   nothing about their spread.
package func confidenceIntervalOfMean(
  _ values: [Double], level: Double = 0.95,
  within bounds: ClosedRange<Double> = -Double.infinity...Double.infinity
) -> ClosedRange<Double>? {
  precondition(level > 0 && level < 1, "a level is between 0 and 1")
  guard let tails = SkewedTails(values, level: level, weight: 2) else { return nil }
  let mean = Moments(values).mean
  let lower = max(mean + tails.lower * tails.error, bounds.lowerBound)
  let upper = min(mean + tails.upper * tails.error, bounds.upperBound)
  return min(lower, mean)...max(upper, mean)
}
