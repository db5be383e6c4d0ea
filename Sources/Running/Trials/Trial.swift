import Records
package import Scenarios

/// One optimizer on one problem with one seed: a value that says all there is to know before running it.
package struct Trial: Sendable {
  package var scenario: String
  package var entrant: Entrant
  package var problem: Scenario.Problem
  package var budget: Scenario.Budget
  package var stopping = StoppingRules()
  package var masterSeed: UInt64
  /// Counted from 0.
  package var seedIndex: Int
  package var configuration: TrialConfiguration

  /// Digest of the configuration; equal keys mean equal results.
  package var key: String { configuration.key }

  /// A rough count of arithmetic operations, for estimates of the time left.
  package var cost: Double
}
