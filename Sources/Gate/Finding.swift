/// The comparison of one optimizer in one scenario with its baseline.
package struct GateFinding: Sendable, Equatable {
  package enum Verdict: String, Sendable, CaseIterable {
    case regression
    /// A deterministic result differs, or some quantities are better and others worse.
    case changed
    case improvement, unchanged
    /// In the baseline, but without a result to compare.
    case missing
    /// Without a baseline.
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

  /// Whether the check fails. Missing results could hide a regression, so they count as one; what is deterministic must not
  /// change at all.
  package var isFailure: Bool {
    switch verdict {
    case .regression, .changed, .missing: true
    case .improvement, .unchanged, .new: false
    }
  }
}
