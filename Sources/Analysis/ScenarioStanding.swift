package import Records

/// A scenario boiled down to what comparisons across scenarios need; small, however many runs it has.
package struct ScenarioStanding: Sendable, Equatable {
  package var scenario: String
  /// Labels of the optimizers that have runs.
  package var optimizers: [String]
  /// Median result of each, turned so that lower is better; infinite for what mostly diverged or failed. Steps to the target where the
  /// loss has no lowest value.
  package var results: [Double]
  /// Median steps to the target of each, infinite where most runs did not reach it; `nil` without a target.
  package var stepsToTarget: [Double]?
  /// Shares of the scenario's targets that each reached; empty where it has none.
  package var runtimes: [RuntimeProfile]

  /// - Returns: `nil` for fewer than two optimizers, which are no comparison.
  init?(
    _ scenario: ScenarioRecord, _ summaries: [OptimizerSummary], _ profiles: [TargetProfile]
  ) {
    guard summaries.count >= 2 else { return nil }
    self.scenario = scenario.name
    optimizers = summaries.map(\.optimizer)
    results = summaries.map { $0.cost(in: scenario) }
    stepsToTarget =
      scenario.target == nil ? nil : summaries.map { $0.medianStepsToTarget ?? .infinity }
    runtimes = profiles.map(\.evaluations)
  }
}
