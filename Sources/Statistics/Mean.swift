/// Mean and variance in one pass (Welford 1962, "Note on a method for calculating corrected sums of squares").
///
/// m ← m + (x − m)/n, s ← s + (x − m₋)(x − m). An infinite value makes the mean infinite and the variance
/// undefined; values of both infinities, or a `nan`, make both `nan`, as in NumPy.
package struct Moments: Sendable, Equatable {
  package private(set) var count = 0
  private var finiteMean = 0.0
  private var squares = 0.0
  /// Sum of the non-finite values, which cannot be used in differences.
  private var beyond: Double?

  package init() {}

  package init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  package mutating func add(_ value: Double) {
    count += 1
    guard value.isFinite else {
      beyond = (beyond ?? 0) + value
      return
    }
    let difference = value - finiteMean
    finiteMean += difference / Double(count)
    squares += difference * (value - finiteMean)
  }

  /// Arithmetic mean; `nan` without values.
  package var mean: Double { count == 0 ? .nan : beyond ?? finiteMean }

  /// Variance with n − 1 in the denominator; `nan` for fewer than two values.
  package var sampleVariance: Double {
    count < 2 || beyond != nil ? .nan : squares / Double(count - 1)
  }

  package var sampleStandardDeviation: Double { sampleVariance.squareRoot() }
}

/// Arithmetic mean; infinite if a value is infinite, `nan` without values.
package func mean(of values: some Sequence<Double>) -> Double { Moments(values).mean }
