/// What became of one optimizer in one scenario.
public struct GateFinding: Sendable, Equatable {
  public enum Verdict: String, Sendable, CaseIterable {
    case regression, improvement, unchanged
    /// The baseline holds it, but there is nothing to compare it with.
    case missing
    /// There is no baseline for it.
    case new
  }

  public var scenario: String
  public var optimizer: String
  public var tier: String
  public var verdict: Verdict
  /// What was compared, in words and numbers.
  public var detail: String

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
  public var isFailure: Bool { verdict == .regression || verdict == .missing }
}
