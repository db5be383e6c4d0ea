/// Effect size: difference between two samples with its interval.
package struct EffectSize: Sendable, Equatable {
  package var value: Double
  package var interval: ClosedRange<Double>
}

/// Cliff's δ: P(x > y) − P(x < y), from −1 to 1; 0 without a difference. Infinite values are ordered like any others; `nan` counts
/// as ∞.
///
/// The interval is Cliff's (1996, "Ordinal methods for behavioral data analysis", equation 5.12; also Feng and Cliff 2004): with s the unbiased standard error,
/// (δ − δ³ ± t s √((1 − δ²)² + t²s²))/(1 − δ² + t²s²) and t Student's quantile for n + m − 2, which stays within −1 to 1.
/// - Returns: `nil` for fewer than two values in a sample.
/// - Complexity: O((*n* + *m*) log(*n* + *m*)).
package func cliffsDelta(
  _ first: [Double], _ second: [Double], level: Double = 0.95
) -> EffectSize? {
  guard first.count >= 2, second.count >= 2 else { return nil }
  let n = Double(first.count)
  let m = Double(second.count)
  let first = first.map { $0.isNaN ? .infinity : $0 }
  let second = second.map { $0.isNaN ? .infinity : $0 }
  let rows = dominances(of: first, over: second)
  let columns = dominances(of: second, over: first).map { -$0 }
  let delta = mean(of: rows)
  func squares(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + ($1 - delta) * ($1 - delta) }
  }
  // Σ(d − δ)² over all pairs, whose d are 1, −1 or, for ties, 0, and whose mean is δ.
  let cells = n * m - Double(ties(first, second)) - n * m * delta * delta
  let unbiased =
    (m * m * squares(rows) + n * n * squares(columns) - cells) / (n * m * (n - 1) * (m - 1))
  // Cliff's lower bound keeps the estimate from becoming negative.
  let variance = max(unbiased, (1 - delta * delta) / (n * m - 1))
  let t = Distribution.studentQuantile((1 + level) / 2, degrees: n + m - 2)
  guard abs(delta) < 1 else {
    // Without overlap: Cliff's rule with the smaller sample.
    let least = min(n, m)
    let far = (least - t * t) / (least + t * t)
    return EffectSize(
      value: delta, interval: delta > 0 ? min(far, 1)...1 : -1...max(-far, -1))
  }
  let spread = t * variance.squareRoot()
  let square = 1 - delta * delta
  let half = spread * (square * square + spread * spread).squareRoot()
  let middle = delta - delta * delta * delta
  let denominator = square + spread * spread
  return EffectSize(
    value: delta,
    interval: max(-1, (middle - half) / denominator)...min(1, (middle + half) / denominator))
}

/// For each value, the fraction of `others` below it minus the fraction above it.
private func dominances(of values: [Double], over others: [Double]) -> [Double] {
  let sorted = others.sorted()
  let count = Double(others.count)
  return values.map { value in
    let below = sorted.places { $0 < value }
    let above = sorted.count - sorted.places { $0 <= value }
    return Double(below - above) / count
  }
}

/// Pairs of equal values.
private func ties(_ first: [Double], _ second: [Double]) -> Int {
  let sorted = second.sorted()
  return first.reduce(0) { sum, value in
    sum + sorted.places { $0 <= value } - sorted.places { $0 < value }
  }
}

extension [Double] {
  /// Number of ascending values before the first for which `isBefore` is false.
  fileprivate func places(where isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Hedges' g: difference of means in pooled standard deviations, without small-sample bias (Hedges 1981).
///
/// g = J·(x̄ − ȳ)/s with J = 1 − 3/(4(n + m) − 9); the interval is g ± t √((n + m)/(nm) + g²/(2(n + m))) (Hedges and Olkin 1985, chapter 5,
/// equation 15) with Student's quantile for n + m − 2.
/// - Returns: `nil` for fewer than two values in a sample, for non-finite values, and for zero variance.
package func hedgesG(_ first: [Double], _ second: [Double], level: Double = 0.95) -> EffectSize? {
  guard first.count >= 2, second.count >= 2 else { return nil }
  let x = Moments(first)
  let y = Moments(second)
  let n = Double(first.count)
  let m = Double(second.count)
  let pooled =
    ((n - 1) * x.sampleVariance + (m - 1) * y.sampleVariance) / (n + m - 2)
  guard pooled > 0, pooled.isFinite else { return nil }
  let g = (1 - 3 / (4 * (n + m) - 9)) * (x.mean - y.mean) / pooled.squareRoot()
  let error = ((n + m) / (n * m) + g * g / (2 * (n + m))).squareRoot()
  let t = Distribution.studentQuantile((1 + level) / 2, degrees: n + m - 2)
  return EffectSize(value: g, interval: (g - t * error)...(g + t * error))
}
