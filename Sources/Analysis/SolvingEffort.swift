import Records
package import Statistics

/// Evaluations of the loss and the gradient that an optimizer's runs needed to solve a surface.
package struct SolvingEffort: Sendable, Equatable {
  package let goal: Goal
  /// Of each run, in the order of the seeds; runs that missed the goal spent all of theirs.
  package let attempts: Attempts

  init(_ goal: Goal, _ group: ScenarioAnalysis.Group, target: Target?, _ lowest: LowestValue?) {
    self.goal = goal
    attempts = Attempts(
      efforts: group.trials.map { trial in
        switch goal {
        case .target:
          target.flatMap { target in
            trial.steps(to: target).map {
              trial.countedEvaluations(by: Double($0), of: target.metric)
            }
          }
        case .precision(let precision):
          lowest.flatMap { trial.steps(toPrecision: precision, above: $0) }
            .map { trial.countedEvaluations(by: Double($0), of: .loss) }
        }
      }, spent: group.trials.map(\.totalEvaluations))
  }

  /// Whether at least half of the runs solved it, so that the median of their evaluations is a number.
  package var isSolved: Bool { attempts.medianEffort.isFinite }
}
