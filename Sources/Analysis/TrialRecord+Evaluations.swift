package import Records

extension TrialRecord {
  /// Losses and gradients evaluated by a step, the one that gave the metric's value included.
  ///
  /// At least 1: looking at the start of a network costs nothing, and a log axis has no 0.
  package func countedEvaluations(by step: Double, of metric: Metric) -> Double {
    max(1, evaluations(by: step, of: metric))
  }

  /// Losses and gradients evaluated in all, at least 1.
  var totalEvaluations: Double { max(1, Double(lossEvaluations + gradientEvaluations)) }
}
