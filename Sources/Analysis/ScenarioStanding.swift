package import Records

/// The results of a scenario that comparisons across scenarios need; small for any number of runs.
package struct ScenarioStanding: Sendable, Equatable, Codable {
  package var scenario: String
  /// Optimizers that the scenario compares, those on a variant left out, whether or not they have runs.
  package var entrants: [Entrant]

  /// One optimizer.
  package struct Entrant: Sendable, Equatable, Codable {
    package var optimizer: String
    /// The update rule: a label may mean another one elsewhere.
    package var rule: String
    package var settings: SettingsKind?
    /// `nil` without a run.
    package var result: Result?
  }

  package struct Result: Sendable, Equatable, Codable {
    /// Rank within the scenario, ties included (``ScenarioRanking``).
    package var rank: Double
    /// Whether it is first alone, and tests find it better than every other optimizer of the scenario.
    package var isClearFirst: Bool
    /// Median evaluations to the target, infinite where most runs did not reach it; `nil` without a target.
    package var evaluationsToTarget: Double?
    /// Fraction of the scenario's targets that it reached; `nil` without targets.
    package var runtime: RuntimeProfile?
    package var runs: Int
    package var diverged: Int
    package var failed: Int
  }

  /// - Returns: `nil` for fewer than two optimizers with runs.
  init?(
    _ scenario: ScenarioRecord, _ summaries: [OptimizerSummary], _ best: BestSet?,
    _ profiles: [TargetProfile]
  ) {
    let profiles = Dictionary(
      profiles.map { ($0.optimizer, $0.evaluations) }, uniquingKeysWith: { first, _ in first })
    let results = Dictionary(
      summaries.map { summary in
        (
          summary.optimizer,
          Result(
            rank: summary.rank,
            isClearFirst: best.map { $0.isClear && $0.first == [summary.optimizer] } ?? false,
            evaluationsToTarget: summary.medianEvaluationsToTarget,
            runtime: profiles[summary.optimizer], runs: summary.count, diverged: summary.diverged,
            failed: summary.failed)
        )
      }, uniquingKeysWith: { first, _ in first })
    self.scenario = scenario.name
    entrants = scenario.optimizers.filter { $0.variant == nil }.map {
      Entrant(
        optimizer: $0.label, rule: $0.rule, settings: $0.settingsKind, result: results[$0.label])
    }
    guard entrants.count(where: { $0.result != nil }) >= 2 else { return nil }
  }
}
