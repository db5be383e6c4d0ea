package import Records
import Statistics

/// Results of an optimizer in a scenario, by the scenario's metric at the end of each run.
///
/// A run that diverged, or ended with a non-finite value, counts as the worst: ∞ for a loss, −∞ for an accuracy. Omitting
/// such runs would reward divergence. The median stays finite with a minority of them, while a single one makes the mean
/// infinite and leaves it without an interval.
package struct OptimizerSummary: Sendable, Equatable {
  package var optimizer: String
  package var metric: Metric
  /// Number of available runs.
  package var count: Int
  package var diverged: Int
  package var median: Double
  package var lowerQuartile: Double
  package var upperQuartile: Double
  package var mean: Double
  /// 95 % interval of the mean: Student's, extended for skewed values. `nil` for fewer than three runs, if one diverged, and if
  /// all are equal.
  package var interval: ClosedRange<Double>?
  /// 95 % interval of the median, from order statistics; `nil` for fewer than six runs.
  package var medianInterval: ClosedRange<Double>?
  /// Rank of the median among the scenario's optimizers, 1 is best; ties share the mean of their ranks. If the loss has no
  /// minimum, rank of the median number of steps to the target (``ScenarioRecord/ranksBySteps``).
  package var rank: Double
  /// Median over the runs that reached the target; `nil` if none did or there is no target.
  package var stepsToTarget: Double?
  /// Fraction of the runs that reached the target; `nil` if there is no target.
  package var successRate: Double?
  /// Runs that ended with an error.
  package var failed: Int
  /// Median over all runs, infinite for runs that missed the target; `nil` if there is no target.
  package var medianStepsToTarget: Double?
  /// Median over the runs that reached the target, with each run's time divided evenly over its steps.
  package var secondsToTarget: Double?
  /// COCO's expected running time in steps: steps of all runs, up to the target or to their end, per success. Infinite if no
  /// run reached the target, `nil` without a target.
  package var expectedSteps: Double?

  /// Summaries of the optimizers with runs, in the scenario's order.
  static func all(
    of groups: [ScenarioAnalysis.Group], in scenario: ScenarioRecord
  ) -> [OptimizerSummary] {
    var summaries = groups.map { OptimizerSummary($0, in: scenario) }
    let ranks = averageRanks(of: summaries.map { $0.cost(in: scenario) })
    for (index, rank) in ranks.enumerated() { summaries[index].rank = rank }
    return summaries
  }

  private init(_ group: ScenarioAnalysis.Group, in scenario: ScenarioRecord) {
    let outcomes = group.outcomes.map(\.value)
    let values = outcomes.sorted()
    optimizer = group.optimizer
    metric = scenario.rankedBy
    count = outcomes.count
    diverged = group.trials.count { $0.status.divergedStep != nil }
    failed = group.trials.count { $0.status.isFailure }
    median = quantile(0.5, ofSorted: values)
    lowerQuartile = quantile(0.25, ofSorted: values)
    upperQuartile = quantile(0.75, ofSorted: values)
    mean = Statistics.mean(of: values)
    interval = confidenceIntervalOfMean(values, within: metric.range)
    medianInterval = confidenceIntervalOfMedian(values)
    rank = .nan
    guard scenario.target != nil else { return }
    let attempts = Attempts(
      efforts: group.outcomes.map { $0.stepsToTarget.map(Double.init) },
      spent: group.trials.map { Double($0.steps) })
    let steps = attempts.efforts.compactMap(\.self)
    stepsToTarget = steps.isEmpty ? nil : Statistics.median(of: steps)
    medianStepsToTarget = attempts.medianEffort
    successRate = attempts.successRate
    expectedSteps = attempts.expectedRunningTime
    let seconds = group.outcomes.compactMap(\.secondsToTarget)
    secondsToTarget = seconds.isEmpty ? nil : Statistics.median(of: seconds)
  }

  /// Quantity that the scenario ranks by, with its sign changed if larger is better: the median result, or the median steps to the
  /// target if the loss is unbounded below.
  package func cost(in scenario: ScenarioRecord) -> Double {
    scenario.ranksBySteps ? medianStepsToTarget ?? .infinity : metric.cost(median)
  }
}

extension Metric {
  /// Possible values.
  fileprivate var range: ClosedRange<Double> {
    switch self {
    case .trainAccuracy, .validationAccuracy, .testAccuracy: 0...1
    default: -.infinity ... .infinity
    }
  }
}

extension [OptimizerSummary] {
  /// Optimizers with the first rank; none if no run reached the target that ranks them, or if all diverged.
  func winners(in scenario: ScenarioRecord) -> [OptimizerSummary] {
    let first = map(\.rank).min()
    return filter { $0.rank == first && $0.cost(in: scenario).isFinite }
  }
}
