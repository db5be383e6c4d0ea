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

  /// - Parameter targets: From the easiest to the hardest.
  package init(_ trials: [TrialRecord], _ targets: [Double], metric: Metric) {
    reached = EmpiricalDistribution(
      trials.flatMap { trial in
        // Even what the start reaches takes one look.
        trial.stepsToTargets(targets, metric: metric).map { steps in
          steps.map { max(1, $0 * trial.evaluationsPerStep) } ?? .infinity
        }
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

extension TrialRecord {
  fileprivate var evaluationsPerStep: Double {
    Double(lossEvaluations + gradientEvaluations) / Double(max(1, steps))
  }
}
