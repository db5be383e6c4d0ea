import Records

/// The results of a scenario that comparisons across scenarios need; small for any number of runs.
package struct ScenarioStanding: Sendable, Equatable {
  package var scenario: String
  /// Labels of the optimizers that have runs.
  package var optimizers: [String]
  /// Median result of each, with its sign such that lower is better; infinite if most runs diverged or failed. Steps to the
  /// target if the loss has no minimum.
  package var results: [Double]
  /// Median steps to the target of each, infinite where most runs did not reach it; `nil` without a target.
  package var stepsToTarget: [Double]?
  /// Fraction of the scenario's targets that each reached; empty without targets.
  package var runtimes: [RuntimeProfile]

  /// - Returns: `nil` for fewer than two optimizers.
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
