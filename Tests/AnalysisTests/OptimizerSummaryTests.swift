import Analysis
import Records
import Testing

/// Numbers small enough to work out by hand.
@Suite struct OptimizerSummaryTests {
  private func trial(
    _ metric: Metric, _ values: [Double], status: TrialStatus = .finished, steps: [Int]? = nil
  ) -> TrialRecord {
    TrialRecord(
      key: "", configuration: "", status: status, steps: values.count, epochs: 0,
      lossEvaluations: 0, gradientEvaluations: 0, parameters: 2, stateBytes: 0, wallSeconds: 0,
      curves: [
        Curve(
          metric: metric, steps: steps ?? Array(values.indices), epochs: nil, values: values)
      ], trajectory: nil)
  }

  private func result(
    rankedBy metric: Metric, target: Target? = nil, _ runs: [(String, TrialRecord)]
  ) -> ScenarioResult {
    var labels: [String] = []
    for (label, _) in runs where !labels.contains(label) { labels.append(label) }
    let scenario = ScenarioRecord(
      name: "s", title: "", problem: .legacy(""), budget: .legacy(""), kind: .surface,
      rankedBy: metric,
      target: target,
      optimizers: labels.map { Participant(label: $0, rule: $0, hyperparameters: [:]) })
    return ScenarioResult(
      scenario: scenario,
      runs: runs.enumerated().map { .init(optimizer: $1.0, seed: $0, trial: $1.1) })
  }

  private func analyzed(of result: ScenarioResult) -> [OptimizerSummary] {
    ScenarioAnalysis(result).summaries
  }

  @Test func `quartiles, median and mean are those of the last values`() {
    let values = [5.0, 1, 2, 10, 4]
    let summary = analyzed(
      of: result(rankedBy: .loss, values.map { ("a", trial(.loss, [99, $0])) }))[0]
    #expect(summary.count == 5 && summary.diverged == 0)
    #expect(summary.lowerQuartile == 2 && summary.median == 4 && summary.upperQuartile == 5)
    // 22/5 in another order of addition: one rounding more or less.
    #expect(abs(summary.mean - 4.4) < 1e-15)
    #expect(summary.interval.map { $0.contains(4.4) } == true)
  }

  @Test(arguments: [Metric.loss, .trainLoss, .testLoss])
  func `the lowest loss ranks first`(metric: Metric) {
    let summaries = analyzed(
      of: result(
        rankedBy: metric,
        [("high", trial(metric, [3])), ("low", trial(metric, [1])), ("middle", trial(metric, [2]))])
    )
    #expect(summaries.map(\.optimizer) == ["high", "low", "middle"])
    #expect(summaries.map(\.rank) == [3, 1, 2])
  }

  @Test(arguments: [Metric.testAccuracy, .trainAccuracy])
  func `the highest accuracy ranks first, a diverged run last`(metric: Metric) {
    let summaries = analyzed(
      of: result(
        rankedBy: metric,
        [
          ("low", trial(metric, [0.1])), ("high", trial(metric, [0.9])),
          ("diverged", trial(metric, [0.95], status: .diverged(step: 1))),
        ]))
    #expect(summaries.map(\.rank) == [2, 1, 3])
    #expect(summaries[2].diverged == 1 && summaries[2].median == -.infinity)
  }

  @Test func `ties share their ranks`() {
    let summaries = analyzed(
      of: result(
        rankedBy: .loss,
        [("a", trial(.loss, [1])), ("b", trial(.loss, [1])), ("c", trial(.loss, [2]))]))
    #expect(summaries.map(\.rank) == [1.5, 1.5, 3])
  }

  /// Points every ten steps: the steps are reported, not the points.
  @Test func `steps to target are the first recorded step at or beyond it`() {
    let loss = Target(metric: .loss, value: 2)
    let runs = [[9, 3, 2, 1.0], [9, 1, 3, 3], [9, 8, 7, 6]].map { values in
      ("a", trial(.loss, values, steps: [0, 10, 20, 30]))
    }
    let summary = analyzed(of: result(rankedBy: .loss, target: loss, runs))[0]
    #expect(summary.stepsToTarget == 15)
    #expect(summary.successRate == 2.0 / 3)
    let accuracy = Target(metric: .testAccuracy, value: 0.8)
    let climb = ("a", trial(.testAccuracy, [0.1, 0.79, 0.8, 0.9], steps: [0, 100, 200, 300]))
    #expect(
      analyzed(of: result(rankedBy: .testAccuracy, target: accuracy, [climb]))[0]
        .stepsToTarget == 200)
  }

  @Test func `intervals end at the lowest value that a loss can have`() throws {
    // A large value moves Student's interval below the others.
    let values = [-1, -0.99, -0.98, -0.97, 3.0]
    var scenario = result(rankedBy: .loss, values.map { ("a", trial(.loss, [$0])) })
    func low(_ result: ScenarioResult) throws -> Double {
      try #require(analyzed(of: result)[0].interval).lowerBound
    }
    #expect(try low(scenario) < -1)
    scenario.scenario.lowestValue = -1
    #expect(try low(scenario) == -1)
    scenario.scenario.optimizers[0].lowestValue = -1.25
    #expect(try low(scenario) == -1.25)
    scenario.scenario.isUnbounded = true
    #expect(try low(scenario) < -1.25)
    var network = result(rankedBy: .testLoss, values.map { ("a", trial(.testLoss, [$0 + 1])) })
    network.scenario.kind = .network
    #expect(try low(network) == 0)
  }
}
