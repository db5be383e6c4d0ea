import Foundation
import Records
import Reporting
import TestSupport
import Testing

@Suite struct TargetsChartTests {
  /// A loss that falls from 16 over 8 to its last value, at steps 0, 10 and 20, with 21 evaluations of each kind.
  private static func result(_ losses: [(String, [Double])], target: Double = 1) -> ScenarioResult {
    let runs = losses.flatMap { label, ends in
      ends.enumerated().map { seed, end in
        ScenarioResult.Run(
          optimizer: label, seed: seed,
          trial: TrialRecord(
            key: "\(label)\(seed)", configuration: "",
            status: end.isFinite ? .finished : .diverged(step: 20), steps: 20, epochs: 0,
            lossEvaluations: 21, gradientEvaluations: 21, parameters: 2, stateBytes: 0,
            wallSeconds: 1,
            curves: [
              Curve(metric: .loss, steps: [0, 10, 20], epochs: nil, values: [16, 8, end])
            ], trajectory: nil))
      }
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "falling", title: "Falling", problem: .legacy("p"), budget: .steps(20),
        kind: .surface,
        rankedBy: .loss, target: Target(metric: .loss, value: target),
        optimizers: losses.map { Participant(label: $0.0, rule: $0.0, hyperparameters: [:]) },
        trials: runs.map { .init(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key) },
        charts: ["targets"], lowestValue: 0), runs: runs)
  }

  @Test func `lines go through the shares of targets that were reached`() throws {
    // Targets 16^(1 − i/50); steps 10 and 20 are known after 11 and 21 losses and as many gradients; scipy.stats.ecdf (1.17),
    // right-censored, in per cent: a: 24 at 22, 100 at 42; b, of whose two seeds one diverges: 24 at 22, 37 at 42.
    let folder = try TemporaryFolder()
    let result = Self.result([("a", [0.5]), ("b", [4, .nan])])
    try Report(results: [result]).drawCharts(to: folder.path)
    let data = try folder.text("falling/targets.dat")
    #expect(data.contains("# a: evaluations percent\n16.923077 0\n22 24\n42 100\n42 100\n"))
    #expect(data.contains("# b: evaluations percent\n16.923077 0\n22 24\n42 37\n42 37\n"))
    let script = try folder.text("falling/targets.gp")
    #expect(script.contains("set logscale x\n"))
    #expect(script.contains("title 'b  37 %'"))
  }

  @Test func `networks are first looked at after an epoch, where the axis begins`() throws {
    let folder = try TemporaryFolder()
    var result = Examples.networkResult(epochs: 3, seeds: 1)
    result.scenario.charts = ["targets"]
    let results = [result]
    try Report(results: results).drawCharts(to: folder.path)
    let script = try folder.text("fashion_mnist/targets.gp")
    #expect(script.contains("networks are evaluated once per epoch"))
    // 200 batches to an epoch, each a loss and a gradient.
    let lower = try #require(script.firstMatch(of: #/set xrange \[([0-9.]+):/#)?.1)
    #expect(try (399...401).contains(#require(Double(lower))))
  }

  @Test func `the suite's lines are means over scenarios`() throws {
    let folder = try TemporaryFolder()
    let results = (0..<5).map { index in
      var result =
        index == 0
        ? Self.result([("a", [0.5]), ("b", [4])]) : Self.result([("a", [4]), ("b", [4, 4])])
      result.scenario.name = "s\(index)"
      return result
    }
    try Report(suite: results).drawCharts(to: folder.path)
    // a: (100 + 4 · 50)/5, b: 50 in the end, both 24 before.
    let data = try folder.text("suite/targets.dat")
    #expect(data.contains("# a: evaluations percent\n16.923077 0\n22 24\n42 60\n42 60\n"))
    #expect(data.contains("# b: evaluations percent\n16.923077 0\n22 24\n42 50\n42 50\n"))
  }

  /// Of 50 targets and 30 seeds, a misses one and b two: 99.93 and 99.87 %. All cross a half at the same evaluation.
  @Test func `the caption names all that tie and rounds nothing up to all targets`() throws {
    let whole = Array(repeating: 0.5, count: 29)
    let result = Self.result([("a", whole + [1.03]), ("b", whole + [1.1]), ("c", [4])])
    let caption = try Self.caption(of: result)
    #expect(
      caption.hasPrefix(
        "By the end, a and b reached the most targets, 99.9 %; a, b and c were the first to reach half of them, after 42 evaluations."
      ), "\(caption.prefix(200))")
    let clear = try Self.caption(of: Self.result([("a", [0.5]), ("c", [4])]))
    #expect(clear.hasPrefix("By the end, a reached the most targets, 100 %"))
  }

  private static func caption(of result: ScenarioResult) throws -> Substring {
    let page = try PageTests.page([result], pictures: ["falling/targets"])
    return try page[#require(page.range(of: "By the end")).lowerBound...]
  }

  @Test func `where nobody gets better than the start there is nothing to draw`() throws {
    let folder = try TemporaryFolder()
    let results = [Self.result([("a", [20])], target: 30)]
    #expect(
      throws: ReportError.cannotDraw(
        chart: "falling/targets",
        reason: "no run of the scenario improved its loss after the start")
    ) { try Report(results: results).drawCharts(to: folder.path) }
  }
}
