/// What became of one optimizer in one scenario.
package struct GateFinding: Sendable, Equatable {
  package enum Verdict: String, Sendable, CaseIterable {
    case regression, improvement, unchanged
    /// The baseline holds it, but there is nothing to compare it with.
    case missing
    /// There is no baseline for it.
    case new
  }

  package var scenario: String
  package var optimizer: String
  package var tier: String
  package var verdict: Verdict
  /// What was compared, in words and numbers.
  package var detail: String

  init(
    _ scenario: String, _ optimizer: String, tier: String, _ verdict: Verdict, _ detail: String
  ) {
    self.scenario = scenario
    self.optimizer = optimizer
    self.tier = tier
    self.verdict = verdict
    self.detail = detail
  }

  /// Whether the gate stays shut. What vanished unseen could hide anything, so it counts as a regression does.
  package var isFailure: Bool { verdict == .regression || verdict == .missing }
}
