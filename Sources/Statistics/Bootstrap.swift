import Randomness

/// Confidence interval of the mean by the percentile bootstrap (Efron and Tibshirani 1993, chapter 13).
///
/// The mean of `resamples` samples drawn with replacement, each as large as the original; the interval lies
/// between the (1 − level)/2 and (1 + level)/2 quantiles (type 7) of those means. A value that is not finite
/// is resampled like any other, so one diverged run of few makes the upper end infinite.
///
/// - Parameter key: Keyed for `.resampling`; equal keys and values give equal intervals.
/// - Returns: `nil` for fewer than two values, which say nothing about their spread, and where a `nan` is
///   among the values or both infinities are.
/// - Complexity: O(*n* · `resamples`).
public func confidenceIntervalOfMean(
  _ values: [Double], level: Double = 0.95, resamples: Int = 10_000, key: RandomKey
) -> ClosedRange<Double>? {
  precondition(key.purpose == .resampling, "resampling has random numbers of its own")
  precondition((0..<1).contains(level) && resamples > 0, "an interval needs a level and resamples")
  guard values.count >= 2, !mean(of: values).isNaN else { return nil }
  var generator = key.generator()
  var means = (0..<resamples).map { _ in
    var sum = 0.0
    for _ in values.indices { sum += values[generator.integer(below: values.count)] }
    return sum / Double(values.count)
  }
  means.sort()
  let tail = (1 - level) / 2
  return quantile(tail, ofSorted: means)...quantile(1 - tail, ofSorted: means)
}
