import Randomness
package import Records
import Statistics

/// Results of an optimizer in a scenario, by the scenario's metric at the end of each run.
///
/// A run that diverged, or ended with a non-finite value, counts as the worst: ∞ for a loss, −∞ for an accuracy. Omitting
/// such runs would reward divergence. The median stays finite with a minority of them, while a single one makes the mean,
/// and with few runs a bound of its interval, infinite.
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
  /// 95 % percentile bootstrap interval of the mean; `nil` for fewer than two runs.
  package var interval: ClosedRange<Double>?
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
  package static func all(of result: ScenarioResult) -> [OptimizerSummary] {
    let runs = Dictionary(grouping: result.runs, by: \.optimizer)
    var summaries = result.scenario.optimizers.compactMap { participant in
      runs[participant.label].map {
        OptimizerSummary(participant.label, runs: $0.map(\.trial), of: result.scenario)
      }
    }
    let sign = result.scenario.rankedBy.largerIsBetter ? -1.0 : 1
    let ranks = averageRanks(
      of: summaries.map {
        result.scenario.ranksBySteps ? $0.medianStepsToTarget ?? .infinity : sign * $0.median
      })
    for (index, rank) in ranks.enumerated() { summaries[index].rank = rank }
    // The same resamples for every optimizer, because they have the same seeds.
    let intervals = confidenceIntervalsOfMeans(
      summaries.map {
        (runs[$0.optimizer] ?? []).map { $0.trial.outcome(of: result.scenario.rankedBy) }
      },
      key: RandomKey(masterSeed: 0, purpose: .resampling))
    for (index, interval) in intervals.enumerated() { summaries[index].interval = interval }
    return summaries
  }

  private init(_ optimizer: String, runs: [TrialRecord], of scenario: ScenarioRecord) {
    let metric = scenario.rankedBy
    let outcomes = runs.map { $0.outcome(of: metric) }
    let values = outcomes.sorted()
    self.optimizer = optimizer
    self.metric = metric
    count = runs.count
    diverged = runs.count { $0.status.divergedStep != nil }
    failed = runs.count { $0.status.isFailure }
    median = quantile(0.5, ofSorted: values)
    lowerQuartile = quantile(0.25, ofSorted: values)
    upperQuartile = quantile(0.75, ofSorted: values)
    mean = Statistics.mean(of: values)
    rank = .nan
    if let target = scenario.target {
      let attempts = Attempts(runs, to: target)
      let steps = attempts.efforts.compactMap(\.self)
      stepsToTarget = steps.isEmpty ? nil : Statistics.median(of: steps)
      medianStepsToTarget = attempts.medianEffort
      successRate = attempts.successRate
      expectedSteps = attempts.expectedRunningTime
      let seconds = runs.compactMap { $0.seconds(to: target) }
      secondsToTarget = seconds.isEmpty ? nil : Statistics.median(of: seconds)
    }
  }
}

extension [OptimizerSummary] {
  /// Optimizers with the first rank; none if no run reached the target that ranks them, or if all diverged.
  package func winners(of scenario: ScenarioRecord) -> [OptimizerSummary] {
    let first = map(\.rank).min()
    return filter {
      $0.rank == first
        && (scenario.ranksBySteps
          ? $0.medianStepsToTarget?.isFinite == true : $0.median.isFinite)
    }
  }
}

extension Attempts {
  /// Steps until the target was reached, and total steps.
  package init(_ runs: [TrialRecord], to target: Target) {
    self.init(
      efforts: runs.map { $0.steps(to: target).map(Double.init) },
      spent: runs.map { Double($0.steps) })
  }
}
