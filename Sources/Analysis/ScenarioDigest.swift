package import Records

/// What is kept of a scenario when its trials are let go: small, however many runs it has.
package struct ScenarioDigest: Sendable {
  package let scenario: ScenarioRecord
  package let summaries: [OptimizerSummary]
  package let winners: [OptimizerSummary]
  /// `nil` for fewer than two optimizers.
  package let standing: ScenarioStanding?
  /// What is said of most runs of each optimizer.
  package let diagnoses: [String: Diagnosis]
  /// Runs that are there, by the machine and program that made them; runs of before that was recorded are left out.
  package let environments: [RunEnvironment: Int]
  /// Runs that are there.
  package let runs: Int

  package init(_ analysis: ScenarioAnalysis) {
    scenario = analysis.scenario
    summaries = analysis.summaries
    winners = analysis.winners
    standing = analysis.standing
    diagnoses = analysis.summaries.reduce(into: [:]) { diagnoses, summary in
      diagnoses[summary.optimizer] = analysis.diagnosis(of: summary.optimizer)
    }
    environments = analysis.result.runs.reduce(into: [:]) { counts, run in
      if let environment = run.trial.environment { counts[environment, default: 0] += 1 }
    }
    runs = analysis.result.runs.count
  }
}
