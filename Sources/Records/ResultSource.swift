/// Where the trials of scenarios come from: a ``Store``, or memory (``HeldResults``).
package protocol ResultSource: Sendable {
  /// The trials of `scenario` that are there.
  ///
  /// Called from any thread.
  /// - Parameters:
  ///   - places: Of the trials in `scenario.trials`; the others are left out.
  ///   - trajectories: Which trials come with their ways through the plane.
  func result(
    of scenario: ScenarioRecord, places: Range<Int>, trajectories: TrajectorySelection
  ) throws -> ScenarioResult

  /// What tells the record and trials of a scenario from others, at no more cost than looking each trial up; `nil` if unknown.
  func fingerprint(of scenario: ScenarioRecord) throws -> String?
}

extension ResultSource {
  package func fingerprint(of scenario: ScenarioRecord) -> String? { nil }

  /// All trials of `scenario` that are there.
  package func result(
    of scenario: ScenarioRecord, trajectories: TrajectorySelection = .all
  ) throws -> ScenarioResult {
    try result(of: scenario, places: scenario.trials.indices, trajectories: trajectories)
  }
}

/// Which trials come with their ways through the plane, which are most of what a surface leaves.
package enum TrajectorySelection: Sendable {
  case all
  case none
}

/// Results in memory.
package struct HeldResults: ResultSource {
  private let results: [String: ScenarioResult]

  /// - Parameter results: Of two scenarios of one name the first counts.
  package init(_ results: [ScenarioResult]) {
    self.results = Dictionary(
      results.map { ($0.scenario.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whatever `trajectories` says, they come along: they are there already.
  package func result(
    of scenario: ScenarioRecord, places: Range<Int>, trajectories: TrajectorySelection
  ) -> ScenarioResult {
    guard let held = results[scenario.name] else {
      return ScenarioResult(scenario: scenario, runs: [])
    }
    guard places != scenario.trials.indices else { return held }
    let keys = Set(scenario.trials[places].map(\.key))
    return ScenarioResult(
      scenario: scenario, runs: held.runs.filter { keys.contains($0.trial.key) },
      interrupted: held.interrupted.filter { keys.contains($0.trial.key) })
  }
}
