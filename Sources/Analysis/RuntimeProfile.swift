package import Records
package import Statistics

/// Fraction of targets that an optimizer reached within a number of evaluations: COCO's runtime profile (Hansen et al. 2021,
/// section 4.4).
///
/// Evaluations of the loss and of the gradient count equally; a simple step needs one of each. A run's total is divided evenly
/// over its steps, because only the total is recorded.
package struct RuntimeProfile: Sendable, Equatable {
  /// Over all targets and seeds.
  package var reached: EmpiricalDistribution
  /// Evaluations of the longest run.
  package var spent: Double

  /// - Parameter targets: From the easiest to the hardest.
  package init(_ trials: [TrialRecord], _ targets: [Double], metric: Metric) {
    reached = EmpiricalDistribution(
      trials.flatMap { trial in
        // A target that the start reaches takes one evaluation.
        trial.stepsToTargets(targets, metric: metric).map { steps in
          steps.map { max(1, $0 * trial.evaluationsPerStep) } ?? .infinity
        }
      })
    spent =
      trials.map { max(1, Double($0.steps) * $0.evaluationsPerStep) }.max() ?? 1
  }

  /// Mean over several scenarios with equal weight.
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
