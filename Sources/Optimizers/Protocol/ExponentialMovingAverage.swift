import Foundation

/// Exponentially weighted moving average with optional bias correction.
///
/// v_t = β·v_{t−1} + (1−β)·θ_t from v_0 = 0, corrected v_t / (1 − βᵗ) (Kingma and Ba 2015, section 3). Starting
/// at zero pulls the first averages toward zero; the weights given so far sum to 1 − βᵗ, so dividing by that
/// sum undoes it. Momentum's velocity, RMSprop's mean square and both of Adam's moments are this average.
package struct ExponentialMovingAverage<Scalar: KernelScalar>: Sendable {
  /// Weight β of the past, in [0, 1).
  package let beta: Scalar
  /// β before it was rounded to `Scalar`, whose powers the correction takes.
  private let exactBeta: Double
  /// Weight 1 − β of the newest value, rounded once from `Double`.
  package let newWeight: Scalar

  package init(beta: Double) {
    self.init(beta: beta, newWeight: 1 - beta)
  }

  /// The same recursion with a separate weight for the newest value; 1 gives the heavy ball's velocity, which
  /// is the average times 1/(1 − β).
  init(beta: Double, newWeight: Double) {
    self.beta = Scalar(beta)
    exactBeta = beta
    self.newWeight = Scalar(newWeight)
  }

  /// v_t from v_{t−1} and θ_t.
  @inline(__always)
  package func next(after average: Scalar, value: Scalar) -> Scalar {
    beta * average + newWeight * value
  }

  /// 1 − βᵗ, the sum of the weights given to the first `step` values.
  @inline(__always)
  package static func totalWeight(beta: Double, step: Int) -> Double {
    1 - pow(beta, Double(step))
  }

  /// All averages of `values`, without and with bias correction; one entry per value.
  package func averages(of values: [Scalar]) -> (plain: [Scalar], corrected: [Scalar]) {
    var plain: [Scalar] = []
    var corrected: [Scalar] = []
    var average: Scalar = 0
    for (index, value) in values.enumerated() {
      average = next(after: average, value: value)
      plain.append(average)
      corrected.append(
        average / Scalar(Self.totalWeight(beta: exactBeta, step: index + 1)))
    }
    return (plain, corrected)
  }
}
