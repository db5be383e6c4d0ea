import Records
package import Statistics

/// Effort of one optimizer to solve a surface to one precision, or to reach its target.
package struct SolvingSummary: Sendable, Equatable {
  package let optimizer: String
  package let goal: Goal
  /// Loss that counts as solved, for the start of the first seed; `nil` if the target is of another metric.
  package let bound: Double?
  package let lowest: LowestValue?
  package let attempts: Attempts

  /// By goal, then optimizer.
  static func all(
    of groups: [ScenarioAnalysis.Group], in result: ScenarioResult
  ) -> [SolvingSummary] {
    guard result.scenario.kind == .surface else { return [] }
    let target = result.scenario.target
    let lowestValues = LowestValues(result)
    let goals =
      (lowestValues.least != nil ? Goal.precisions.map(Goal.precision) : [])
      + (target == nil ? [] : [.target])
    return goals.flatMap { goal in
      groups.map { group in
        let lowest = lowestValues.value(for: group.optimizer)
        let bound: Double? =
          switch goal {
          case .target: target.flatMap { $0.metric == .loss ? $0.value : nil }
          case .precision(let precision):
            lowest.flatMap { lowest in
              group.trials.first?.curve(.loss)?.values.first.map {
                lowest.value + precision * max(0, $0 - lowest.value)
              }
            }
          }
        return SolvingSummary(
          optimizer: group.optimizer, goal: goal, bound: bound, lowest: lowest,
          attempts: SolvingEffort(goal, group, target: target, lowest).attempts)
      }
    }
  }
}
