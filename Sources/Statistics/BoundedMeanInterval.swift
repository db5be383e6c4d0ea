/// Confidence interval of the mean of values between 0 and 1; no other assumption about their distribution.
///
/// For the upper bound, the values and the largest possible value, 1, have random weights that are uniform on the simplex; the
/// bound is the (1 + level)/2 quantile of the weighted mean. The lower bound is the same with 0 (Gaffke 2005, "Three test
/// statistics for a nonparametric one-sided hypothesis on the mean of a nonnegative variable"; Learned-Miller and Thomas 2020,
/// "A new confidence interval for the mean of a bounded random variable"). For values that are all 0 or 1 this is Clopper and
/// Pearson's interval. Student's is far too narrow here: few equal ranks have no spread.
/// - Returns: `nil` without values.
/// - Complexity: O(*n*²).
package func confidenceIntervalOfBoundedMean(
  _ values: [Double], level: Double = 0.95
) -> ClosedRange<Double>? {
  precondition(values.allSatisfy((0...1).contains), "values are between 0 and 1")
  precondition(level > 0 && level < 1, "a level is between 0 and 1")
  guard !values.isEmpty else { return nil }
  let tail = (1 - level) / 2
  let lower = 1 - upperBound(values.map { 1 - $0 }, tail: tail)
  let upper = upperBound(values, tail: tail)
  return min(lower, upper)...max(lower, upper)
}

/// Interval of one of several means such that the intervals of all of them hold at once with the given probability.
///
/// By Bonferroni's inequality each has the level 1 − (1 − level)/k; the samples may depend on each other. So the interval of a
/// mean is valid even if it was chosen because it is the smallest.
/// - Parameter count: Number k of means.
package func simultaneousIntervalOfBoundedMean(
  _ values: [Double], among count: Int, level: Double = 0.95
) -> ClosedRange<Double>? {
  precondition(count >= 1, "an interval is for at least one mean")
  return confidenceIntervalOfBoundedMean(values, level: 1 - (1 - level) / Double(count))
}

private func upperBound(_ values: [Double], tail: Double) -> Double {
  let knots = (values + [1]).sorted()
  guard let least = knots.first, least < 1 else { return 1 }
  return Distribution.root(between: least, 1) {
    weightedMeanProbability(knots: knots, below: $0) - (1 - tail)
  }
}

/// P(Σ wᵢxᵢ ≤ m) for weights uniform on the simplex: the integral of the B-spline with the values as knots (Curry and Schoenberg
/// 1966), by de Boor's recurrence of convex combinations, which is stable also for equal values.
/// - Parameter knots: n + 1 ascending values, not all equal.
private func weightedMeanProbability(knots: [Double], below m: Double) -> Double {
  let degree = knots.count - 1
  let first = knots[0]
  let last = knots[degree]
  guard m > first else { return 0 }
  guard m < last else { return 1 }
  // The integral is a spline of degree n over the same knots, constant 0 before them and 1 after them.
  let ends = (Array(repeating: first, count: degree), Array(repeating: last, count: degree))
  let all = ends.0 + knots + ends.1
  var interval = degree
  while all[interval + 1] <= m { interval += 1 }
  let jump = 2 * degree - interval
  var coefficients = (0...degree).map { $0 >= jump ? 1.0 : 0 }
  for level in stride(from: 1, through: degree, by: 1) {
    // Combinations of zeros only, or of ones only, do not change.
    for place in stride(from: min(degree, jump + level - 1), through: max(level, jump), by: -1) {
      let start = all[interval - degree + place]
      let share = (m - start) / (all[interval + place + 1 - level] - start)
      coefficients[place] = (1 - share) * coefficients[place - 1] + share * coefficients[place]
    }
  }
  return coefficients[degree]
}
