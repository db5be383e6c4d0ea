/// A scenario together with the trials of it that are there.
public struct ScenarioResult: Sendable, Equatable {
  public var scenario: ScenarioRecord
  /// In the order of `scenario.trials`; trials that have not been run are left out.
  public var runs: [Run]
  /// Trials that were under way when a run was ended from outside, and have not been run again.
  public var interrupted: [Run]

  /// A trial under the name that its scenario gives it.
  public struct Run: Sendable, Equatable {
    public var optimizer: String
    public var seed: Int
    public var trial: TrialRecord

    public init(optimizer: String, seed: Int, trial: TrialRecord) {
      self.optimizer = optimizer
      self.seed = seed
      self.trial = trial
    }
  }

  public init(scenario: ScenarioRecord, runs: [Run], interrupted: [Run] = []) {
    self.scenario = scenario
    self.runs = runs
    self.interrupted = interrupted
  }

  /// Trials that the scenario asks for and the store does not hold.
  public var missing: Int { scenario.trials.count - runs.count }
}
