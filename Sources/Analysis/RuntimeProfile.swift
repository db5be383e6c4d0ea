import Records
package import Statistics

/// Fraction of targets that an optimizer reached within a number of evaluations: COCO's runtime profile (Hansen et al. 2021,
/// section 4.4).
///
/// Evaluations of the loss and of the gradient count equally; a simple step needs one of each. Counted are those made when the
/// value that reached the target was known.
package struct RuntimeProfile: Sendable, Equatable, Codable {
  /// Over all targets and seeds.
  package var reached: EmpiricalDistribution
  /// Evaluations of the longest run.
  package var spent: Double

  /// - Parameter steps: Steps of each trial to each target; infinite if not reached.
  init(_ trials: [TrialRecord], _ metric: Metric, steps: [[Double]]) {
    reached = EmpiricalDistribution(
      zip(trials, steps).flatMap { trial, steps in
        steps.map { $0.isFinite ? trial.countedEvaluations(by: $0, of: metric) : .infinity }
      })
    spent = trials.map(\.totalEvaluations).max() ?? 1
  }

  /// Mean over several scenarios with equal weight.
  package init(meanOf profiles: [RuntimeProfile]) {
    reached = EmpiricalDistribution(meanOf: profiles.map(\.reached))
    spent = profiles.map(\.spent).max() ?? 1
  }
}

/// Fraction of a scenario's targets that one optimizer reached, by steps and by evaluations.
package struct TargetProfile: Sendable, Equatable {
  package let optimizer: String
  package let steps: EmpiricalDistribution
  package let evaluations: RuntimeProfile

  init(_ group: ScenarioAnalysis.Group, _ ladder: TargetLadder) {
    let reached = group.trials.map { $0.steps(to: ladder) }
    optimizer = group.optimizer
    steps = EmpiricalDistribution(reached.flatMap(\.self))
    evaluations = RuntimeProfile(group.trials, ladder.metric, steps: reached)
  }
}
