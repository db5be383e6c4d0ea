import Records
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Results keep groups as one line, which must differ where groups differ.
@Suite struct GroupTextTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    ("adam", "beta1: 0.5, weight_decay: 0.1", "0(beta1 0.5 weight_decay 0.1)"),
    ("lookahead", "sync_period: 7", "0(sync_period 7)"),
    ("lookahead", "learning_rate: 0.5", "0(learning_rate 0.5 rule sgd)"),
    (
      "lookahead", "rule: {sgd: {weight_decay: 0.25}}", "0(rule sgd rule.weight_decay 0.25)"
    ),
    (
      "lookahead", "rule: {nesterov: {momentum: 0.5}}",
      "0(rule nesterov rule.momentum 0.5)"
    ),
  ])
  func `a group is written with all that it changes, wrapped rules included`(
    rule: String, changes: String, text: String
  ) throws {
    let path = try folder.write(
      """
      title: T
      problem: {surface: rosenbrock}
      budget: {steps: 10}
      optimizers:
        - \(rule): {groups: [{parameters: 0, \(changes)}]}
      """, to: "x.yaml")
    let scenario = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])[0]
    #expect(scenario.entrants[0].extras["groups"] == .text(text))
  }
}
