package import Records

/// Small results of a scenario that are kept after its trials are released.
@dynamicMemberLookup
package struct ScenarioDigest: Sendable {
  package let scenario: ScenarioRecord
  package let findings: Findings

  package struct Findings: Sendable, Codable {
    package let summaries: [OptimizerSummary]
    /// The first optimizers and those that no test can tell from them; `nil` if none has a result, or only one ran.
    package let best: BestSet?
    /// What ranks the optimizers.
    package let basis: ScenarioRanking.Basis
    /// `nil` for fewer than two optimizers.
    package let standing: ScenarioStanding?
    /// The diagnosis that each optimizer's runs agree on.
    package let diagnoses: [String: Diagnosis]
    /// The machines and program versions that made the runs, in the order of the runs; old runs without that record are left
    /// out.
    package let environments: [EnvironmentRuns]
    /// Number of available runs.
    package let runs: Int
  }

  package init(_ analysis: ScenarioAnalysis) {
    scenario = analysis.scenario
    findings = Findings(
      summaries: analysis.summaries, best: analysis.best, basis: analysis.ranking.basis,
      standing: analysis.standing,
      diagnoses: analysis.summaries.reduce(into: [:]) { diagnoses, summary in
        diagnoses[summary.optimizer] = analysis.diagnosis(of: summary.optimizer).agreed
      },
      environments: EnvironmentRuns.count(analysis.result.runs),
      runs: analysis.result.runs.count)
  }

  /// - Parameter findings: Of the same scenario and trials.
  package init(_ scenario: ScenarioRecord, _ findings: Findings) {
    self.scenario = scenario
    self.findings = findings
  }

  package subscript<Value>(dynamicMember path: KeyPath<Findings, Value>) -> Value {
    findings[keyPath: path]
  }
}

/// Number of runs that one machine and program version made.
package struct EnvironmentRuns: Sendable, Codable {
  package let environment: RunEnvironment
  package internal(set) var runs: Int

  static func count(_ runs: [ScenarioResult.Run]) -> [EnvironmentRuns] {
    var counts: [EnvironmentRuns] = []
    var places: [RunEnvironment: Int] = [:]
    for environment in runs.compactMap(\.trial.environment) {
      if let place = places[environment] {
        counts[place].runs += 1
      } else {
        places[environment] = counts.count
        counts.append(EnvironmentRuns(environment: environment, runs: 1))
      }
    }
    return counts
  }
}
