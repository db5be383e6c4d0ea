package import Records
package import Statistics

/// The share of targets that an optimizer reached within so many evaluations: COCO's runtime profile (Hansen et al. 2021,
/// section 4.4).
///
/// Losses and gradients count alike, and one of each makes a plain step. A run's are spread evenly over its steps, since only their
/// sum is recorded.
package struct RuntimeProfile: Sendable, Equatable {
  /// Over all targets and seeds.
  package var reached: EmpiricalDistribution
  /// Evaluations of the longest run.
  package var spent: Double

  /// - Parameter steps: Of each trial, to each target; infinite where it was not reached.
  init(_ trials: [TrialRecord], steps: [[Double]]) {
    reached = EmpiricalDistribution(
      zip(trials, steps).flatMap { trial, steps in
        // Even what the start reaches takes one look.
        steps.map { $0.isFinite ? max(1, $0 * trial.evaluationsPerStep) : .infinity }
      })
    spent =
      trials.map { max(1, Double($0.steps) * $0.evaluationsPerStep) }.max() ?? 1
  }

  /// Over several scenarios, each with the same weight.
  package init(meanOf profiles: [RuntimeProfile]) {
    reached = EmpiricalDistribution(meanOf: profiles.map(\.reached))
    spent = profiles.map(\.spent).max() ?? 1
  }
}

/// Shares of a scenario's targets that one optimizer reached, by steps and by evaluations.
package struct TargetProfile: Sendable, Equatable {
  package let optimizer: String
  package let steps: EmpiricalDistribution
  package let evaluations: RuntimeProfile

  init(_ group: ScenarioAnalysis.Group, _ ladder: TargetLadder) {
    let reached = group.trials.map { $0.steps(to: ladder) }
    optimizer = group.optimizer
    steps = EmpiricalDistribution(reached.flatMap(\.self))
    evaluations = RuntimeProfile(group.trials, steps: reached)
  }
}

extension TrialRecord {
  fileprivate var evaluationsPerStep: Double {
    Double(lossEvaluations + gradientEvaluations) / Double(max(1, steps))
  }
}
