import Records

/// Analysis across scenarios.
package struct SuiteAnalysis: Sendable {
  package let scenarios: [ScenarioDigest]
  package let comparison: SuiteComparison
  package let leaderboard: Leaderboard

  package init(_ scenarios: [ScenarioDigest]) {
    self.scenarios = scenarios
    comparison = SuiteComparison(scenarios.compactMap(\.standing))
    leaderboard = Leaderboard(comparison)
  }
}
