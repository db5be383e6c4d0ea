package import Records

extension Scenario {
  /// What its optimizers are ranked by: `rank_by`, or accuracy on unseen data where all that it compares tell classes
  /// apart.
  package var rankingMetric: Metric {
    guard kind == .network else { return .loss }
    if let rankBy { return rankBy }
    return problems.allSatisfy(\.tellsClasses) ? .testAccuracy : .testLoss
  }

  /// What hyperparameters are chosen by: the metric of `tuning`, or that of the ranking, over the validation set instead of
  /// the test set.
  package func tuningMetric(_ settings: TuningSettings) -> Metric {
    settings.metric ?? rankingMetric.onValidationSet
  }

  /// The loss that a search of a surface is judged by, as its ranking is: by the evaluations until it is reached. `nil` without a
  /// target, and where the settings name a metric.
  package func tuningTarget(_ settings: TuningSettings) -> Target? {
    kind == .surface && settings.metric == nil ? target : nil
  }

  /// What networks may be ranked by.
  package static let rankingMetrics: [Metric] = [
    .testAccuracy, .testLoss, .validationAccuracy, .validationLoss, .trainAccuracy, .trainLoss,
  ]
}
