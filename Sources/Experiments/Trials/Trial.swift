import Records

/// One optimizer on one problem with one seed: a value that says all there is to know before running it.
public struct Trial: Sendable {
  public var scenario: String
  public var entrant: Entrant
  public var problem: Scenario.Problem
  public var budget: Scenario.Budget
  public var stopping = StoppingRules()
  public var masterSeed: UInt64
  /// Counted from 0.
  public var seedIndex: Int
  public var configuration: TrialConfiguration

  /// Digest of the configuration; equal keys mean equal results.
  public var key: String { configuration.key }

  /// A rough count of arithmetic operations, for estimates of the time left.
  public var cost: Double
}
