package import Records

/// Small results of a scenario that are kept after its trials are released.
package struct ScenarioDigest: Sendable {
  package let scenario: ScenarioRecord
  package let summaries: [OptimizerSummary]
  /// The first optimizers and those that no test can tell from them; `nil` if none has a result, or only one ran.
  package let best: BestSet?
  /// What ranks the optimizers.
  package let basis: ScenarioRanking.Basis
  /// `nil` for fewer than two optimizers.
  package let standing: ScenarioStanding?
  /// The diagnosis that each optimizer's runs agree on.
  package let diagnoses: [String: Diagnosis]
  /// Number of runs by the machine and program version that made them; old runs without that record are left out.
  package let environments: [RunEnvironment: Int]
  /// Number of available runs.
  package let runs: Int

  package init(_ analysis: ScenarioAnalysis) {
    scenario = analysis.scenario
    summaries = analysis.summaries
    best = analysis.best
    basis = analysis.ranking.basis
    standing = analysis.standing
    diagnoses = analysis.summaries.reduce(into: [:]) { diagnoses, summary in
      diagnoses[summary.optimizer] = analysis.diagnosis(of: summary.optimizer).agreed
    }
    environments = analysis.result.runs.reduce(into: [:]) { counts, run in
      if let environment = run.trial.environment { counts[environment, default: 0] += 1 }
    }
    runs = analysis.result.runs.count
  }
}
