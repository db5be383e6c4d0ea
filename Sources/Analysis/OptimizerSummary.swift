package import Records
import Statistics

/// Results of an optimizer in a scenario, by the scenario's metric at the end of each run.
///
/// A run that diverged, or ended with a non-finite value, counts as the worst: ∞ for a loss, −∞ for an accuracy. Omitting
/// such runs would reward divergence. The median stays finite with a minority of them, while a single one makes the mean
/// infinite and leaves it without an interval.
package struct OptimizerSummary: Sendable, Equatable, Codable {
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
  /// Rank among the scenario's optimizers, 1 is best; ties share the mean of their ranks (``ScenarioRanking``).
  package var rank: Double
  /// Whether rank 1 makes it best: it solved the surface, or its median is finite.
  package var hasResult: Bool
  /// How its hyperparameters were chosen; `nil` in older stores.
  package var settings: SettingsKind?
  /// Median number of evaluations over all runs until the surface was solved, infinite where most runs missed the goal that ranks;
  /// `nil` for networks, and where there is no such goal.
  package var evaluationsToSolve: Double?
  /// Fraction of the runs that solved it; `nil` as above.
  package var solvedRate: Double?
  /// Median over the runs that reached the target; `nil` if none did or there is no target.
  package var stepsToTarget: Double?
  /// Fraction of the runs that reached the target; `nil` if there is no target.
  package var successRate: Double?
  /// Runs that ended with an error.
  package var failed: Int
  /// Median over all runs, infinite for runs that missed the target; `nil` if there is no target.
  package var medianStepsToTarget: Double?
  /// Median over the runs that reached the target.
  package var secondsToTarget: Double?
  /// COCO's expected running time in steps: steps of all runs, up to the target or to their end, per success. Infinite if no
  /// run reached the target, `nil` without a target.
  package var expectedSteps: Double?
  /// 95 % interval of the expected running time; `nil` for few runs (``Attempts/expectedRunningTimeInterval(level:)``).
  package var expectedStepsInterval: ClosedRange<Double>?
  /// Median number of evaluations over all runs until the target, infinite for runs that missed it; `nil` without a target.
  package var medianEvaluationsToTarget: Double?

  /// Summaries of the optimizers with runs, in the scenario's order.
  static func all(
    of groups: [ScenarioAnalysis.Group], _ ranking: ScenarioRanking, in scenario: ScenarioRecord
  ) -> [OptimizerSummary] {
    var summaries = groups.map { OptimizerSummary($0, in: scenario) }
    let kinds = Dictionary(
      scenario.optimizers.map { ($0.label, $0.settingsKind) },
      uniquingKeysWith: { first, _ in first })
    for index in summaries.indices {
      summaries[index].settings = kinds[summaries[index].optimizer] ?? nil
      summaries[index].rank = ranking.ranks[index]
      summaries[index].hasResult = ranking.hasResult[index]
      guard !ranking.efforts.isEmpty else { continue }
      let attempts = ranking.efforts[index].attempts
      summaries[index].evaluationsToSolve = attempts.medianEffort
      summaries[index].solvedRate = attempts.successRate
    }
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
    interval = confidenceIntervalOfMean(values, within: scenario.range(for: group.optimizer))
    medianInterval = confidenceIntervalOfMedian(values)
    rank = .nan
    hasResult = false
    guard let target = scenario.target else { return }
    let attempts = Attempts(
      efforts: group.outcomes.map { $0.stepsToTarget.map(Double.init) },
      spent: group.trials.map { Double($0.steps) })
    let steps = attempts.efforts.compactMap(\.self)
    stepsToTarget = steps.isEmpty ? nil : Statistics.median(of: steps)
    medianStepsToTarget = attempts.medianEffort
    successRate = attempts.successRate
    expectedSteps = attempts.expectedRunningTime
    expectedStepsInterval = attempts.expectedRunningTimeInterval()
    let seconds = group.outcomes.compactMap(\.secondsToTarget)
    secondsToTarget = seconds.isEmpty ? nil : Statistics.median(of: seconds)
    medianEvaluationsToTarget = Statistics.median(
      of: zip(group.trials, group.outcomes).map { trial, outcome in
        outcome.stepsToTarget.map { trial.countedEvaluations(by: Double($0), of: target.metric) }
          ?? .infinity
      })
  }
}

extension ScenarioRecord {
  /// Possible values of the metric that ranks an optimizer: accuracies are between 0 and 1, R² is at most 1, losses of networks are not
  /// negative, and those of surfaces are not below the lowest value, where it is known.
  fileprivate func range(for optimizer: String) -> ClosedRange<Double> {
    if rankedBy.isAccuracy { return 0...1 }
    if rankedBy.isExplained { return -.infinity...1 }
    guard kind == .surface, rankedBy == .loss else { return 0 ... .infinity }
    guard isUnbounded != true else { return -.infinity ... .infinity }
    let own = optimizers.first { $0.label == optimizer }?.lowestValue
    return (own ?? lowestValue ?? -.infinity) ... .infinity
  }
}

extension [OptimizerSummary] {
  /// Optimizers with the first rank; none if no optimizer has a result.
  var winners: [OptimizerSummary] {
    let first = map(\.rank).min()
    return filter { $0.rank == first && $0.hasResult }
  }
}
