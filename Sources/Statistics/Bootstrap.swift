package import Randomness

/// Confidence interval of the mean by the percentile bootstrap (Efron and Tibshirani 1993, chapter 13).
///
/// The mean of `resamples` samples drawn with replacement, each as large as the original; the interval lies
/// between the (1 − level)/2 and (1 + level)/2 quantiles (type 7) of those means. Non-finite values are resampled
/// like any others, so one diverged run among few makes the upper bound infinite.
///
/// No resample leaves the range of the values, so the interval is too narrow for few values: for normal values the 95 %
/// interval covers the mean in about 50 % of cases for n = 2, 75 % for 3, 84 % for 5, 90 % for 10 (simulated).
///
/// - Parameter key: Its purpose is `.resampling`; equal keys and values give equal intervals.
/// - Returns: `nil` for fewer than two values, for values with a `nan`, and for values with both infinities.
/// - Complexity: O(*n* · `resamples`).
package func confidenceIntervalOfMean(
  _ values: [Double], level: Double = 0.95, resamples: Int = 10_000, key: RandomKey
) -> ClosedRange<Double>? {
  confidenceIntervalsOfMeans([values], level: level, resamples: resamples, key: key)[0]
}

/// Confidence intervals of several samples, as in ``confidenceIntervalOfMean(_:level:resamples:key:)``.
///
/// Samples of equal size share their resamples, which are drawn once.
package func confidenceIntervalsOfMeans(
  _ samples: [[Double]], level: Double = 0.95, resamples: Int = 10_000, key: RandomKey
) -> [ClosedRange<Double>?] {
  precondition(key.purpose == .resampling, "a key for resampling is needed")
  precondition((0..<1).contains(level) && resamples > 0, "an interval needs a level and resamples")
  var intervals = [ClosedRange<Double>?](repeating: nil, count: samples.count)
  let tail = (1 - level) / 2
  for (size, places) in Dictionary(grouping: samples.indices, by: { samples[$0].count }) {
    let places = places.filter { size >= 2 && !mean(of: samples[$0]).isNaN }
    var means = places.map { _ in [Double](repeating: 0, count: resamples) }
    guard !places.isEmpty else { continue }
    var generator = key.generator()
    var drawn = [Int](repeating: 0, count: size)
    for resample in 0..<resamples {
      for index in drawn.indices { drawn[index] = generator.integer(below: size) }
      for (row, place) in places.enumerated() {
        means[row][resample] = sum(of: drawn, in: samples[place]) / Double(size)
      }
    }
    for (row, place) in places.enumerated() {
      means[row].sort()
      intervals[place] =
        quantile(tail, ofSorted: means[row])...quantile(1 - tail, ofSorted: means[row])
    }
  }
  return intervals
}

private func sum(of drawn: [Int], in values: [Double]) -> Double {
  var sum = 0.0
  for index in drawn { sum += values[index] }
  return sum
}
