/// A scenario together with the trials of it that are there.
package struct ScenarioResult: Sendable, Equatable {
  package var scenario: ScenarioRecord
  /// In the order of `scenario.trials`; trials that have not been run are left out.
  package var runs: [Run]
  /// Trials that were under way when a run was ended from outside, and have not been run again.
  package var interrupted: [Run]

  /// A trial under the name that its scenario gives it.
  package struct Run: Sendable, Equatable {
    package var optimizer: String
    package var seed: Int
    package var trial: TrialRecord

    package init(optimizer: String, seed: Int, trial: TrialRecord) {
      self.optimizer = optimizer
      self.seed = seed
      self.trial = trial
    }
  }

  package init(scenario: ScenarioRecord, runs: [Run], interrupted: [Run] = []) {
    self.scenario = scenario
    self.runs = runs
    self.interrupted = interrupted
  }

  /// Trials that the scenario asks for and the store does not hold.
  package var missing: Int { scenario.trials.count - runs.count }
}
