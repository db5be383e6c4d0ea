import Foundation

/// Confidence interval of the mean of few values: Student's, extended where skewness asks for more.
///
/// With t Student's quantile for n − 1 degrees of freedom, Student's interval is x̄ ± ts/√n, exact for normal values. For
/// skewed values its coverage is too small, so the interval also contains the one by Hall's transformation (Hall 1992, "On
/// the removal of skewness by transformation", equation 2.5): with T = √n(x̄ − μ)/s, the skewness g and a = g/√n, the
/// quantity T + aT²/3 + a²T³/27 + a/6 is closer to Student's distribution. It is monotone in T, so
/// T = 3((1 + a(y − a/6))^(1/3) − 1)/a for its value y.
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
  guard values.count >= 3, values.allSatisfy(\.isFinite), let first = values.first,
    values.contains(where: { $0 != first })
  else { return nil }
  let moments = Moments(values)
  let count = Double(values.count)
  let deviation = moments.sampleStandardDeviation
  guard deviation > 0, deviation.isFinite else { return nil }
  let cubes = values.reduce(0) { sum, value in
    let difference = (value - moments.mean) / deviation
    return sum + difference * difference * difference
  }
  let skewness = cubes * count / ((count - 1) * (count - 2))
  let a = skewness / count.squareRoot()
  let t = Distribution.studentQuantile((1 + level) / 2, degrees: count - 1)
  /// Value of T at which the transformed quantity is `y`.
  func inverse(_ y: Double) -> Double {
    // The transformation is T + a/6 at a = 0; the difference is below rounding.
    abs(a) < 1e-8 ? y : 3 * (cbrt(1 + a * (y - a / 6)) - 1) / a
  }
  let error = deviation / count.squareRoot()
  let lower = moments.mean - max(t, inverse(t)) * error
  let upper = moments.mean - min(-t, inverse(-t)) * error
  return min(
    max(lower, bounds.lowerBound), moments.mean)...max(
      min(upper, bounds.upperBound), moments.mean)
}
