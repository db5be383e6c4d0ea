import Records

extension TrialRecord {
  /// Losses and gradients evaluated by a step, the one that gave the metric's value included.
  ///
  /// The only place of `Analysis` that counts evaluations. A trial's total is divided evenly over its steps.
  func evaluations(by step: Double, of metric: Metric) -> Double {
    let total = Double(lossEvaluations + gradientEvaluations)
    return min(max(1, total), max(1, step * total / Double(max(1, steps))))
  }

  /// Losses and gradients evaluated in all.
  var totalEvaluations: Double { max(1, Double(lossEvaluations + gradientEvaluations)) }
}
