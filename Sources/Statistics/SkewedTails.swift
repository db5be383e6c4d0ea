/// Bounds of a confidence interval of a mean in standard errors: Student's quantiles, the one on the longer side moved outward by
/// the skewness of the sample.
///
/// With t Student's quantile for n − 1 degrees of freedom and g the skewness, the studentized mean of skewed values is below
/// its quantile t as often as expected only after a shift by g(2t² + 1)/(6√n), the first term of its Cornish–Fisher expansion (Johnson
/// 1978; Hall 1983, "Inverting an Edgeworth expansion"). |g| ≤ √n bounds the shift, and it grows evenly with g: no sample has an interval of
/// several times Student's width, as those by inverse transformations have.
struct SkewedTails {
  /// Bound below the mean, ≤ −t.
  let lower: Double
  /// Bound above the mean, ≥ t.
  let upper: Double
  /// Standard error of the mean.
  let error: Double

  /// - Parameter weight: Factor of the shift.
  /// - Returns: `nil` for fewer than three values, values that are not finite, and values that are all equal.
  init?(_ values: [Double], level: Double, weight: Double) {
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
    let t = Distribution.studentQuantile((1 + level) / 2, degrees: count - 1)
    let shift = weight * skewness * (2 * t * t + 1) / (6 * count.squareRoot())
    lower = -t + min(0, shift)
    upper = t + max(0, shift)
    error = deviation / count.squareRoot()
  }
}
