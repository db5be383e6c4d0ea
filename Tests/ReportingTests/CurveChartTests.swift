import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// How much of a run makes a point of its line, and how far the axis reaches.
@Suite struct CurveChartTests {
  /// One run each of the losses given, one for every step from 0.
  private static func result(
    _ losses: KeyValuePairs<String, [Double]>, kind: ScenarioRecord.Kind = .network,
    target: Target? = nil
  ) -> ScenarioResult {
    let runs = losses.map { label, values in
      ScenarioResult.Run(
        optimizer: label, seed: 0,
        trial: TrialRecord(
          key: label, configuration: "", status: .finished, steps: values.count, epochs: 1,
          lossEvaluations: 0, gradientEvaluations: values.count, parameters: 1, stateBytes: 0,
          wallSeconds: 1,
          curves: [
            Curve(metric: .loss, steps: Array(values.indices), epochs: nil, values: values)
          ], trajectory: nil))
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "net", title: "Net", problem: .legacy("p"), budget: .epochs(1), kind: kind,
        rankedBy: .loss,
        target: target,
        optimizers: runs.map {
          Participant(label: $0.optimizer, rule: "sgd", hyperparameters: [:])
        },
        trials: runs.map { TrialReference(optimizer: $0.optimizer, seed: 0, key: $0.trial.key) },
        charts: ["loss"]), runs: runs)
  }

  private static func drawn(_ result: ScenarioResult) throws -> (script: String, data: String) {
    let folder = try TemporaryFolder()
    try Report(results: [result]).drawCharts(to: folder.path)
    return (try folder.text("net/loss.gp"), try folder.text("net/loss.dat"))
  }

  /// The rows of one line.
  private static func rows(_ label: String, in data: String) throws -> [[Double]] {
    let block = try #require(
      data.components(separatedBy: "\n\n\n").first { $0.contains("# \(label): ") })
    return block.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ").compactMap { Double($0) } }
  }

  @Test func `a short run keeps its line beside one that is a thousand times as long`() throws {
    // 6000 steps: windows of 5999 / 60 = 99; 20 steps: every one of them.
    let (script, data) = try Self.drawn(
      Self.result([
        "single": (0..<6000).map { 2 - Double($0) / 6000 },
        "whole": (0..<20).map { 3 - Double($0) / 20 },
      ]))
    #expect(try Self.rows("single", in: data).count == 61)
    // The start has no place on the axis, which begins with the first step after it.
    #expect(try Self.rows("whole", in: data).map { $0[0] } == (1..<20).map(Double.init))
    #expect(script.contains("set logscale x\nset xrange [1:"), "\(script)")
    #expect(script.contains("smoothed: means over windows of 1 to 99 steps"), "\(script)")
  }

  @Test func `runs of nearly the same length share a linear axis`() throws {
    let (script, data) = try Self.drawn(
      Self.result([
        "long": (0..<600).map { 2 - Double($0) / 600 }, "short": (0..<70).map { _ in 1 },
      ]))
    #expect(!script.contains("logscale x") && script.contains("set xrange [0:"))
    #expect(try Self.rows("short", in: data).count == 70)
    var lost = Self.result(["long": (0..<600).map { _ in 1 }, "lost": [1, 2, .infinity]])
    lost.runs[1].trial.status = .diverged(step: 2)
    // Divergence is no length to make room for.
    #expect(!(try Self.drawn(lost)).script.contains("logscale x"))
  }

  @Test(arguments: [(585, 65, 1.0), (589, 65, 29.0 / 13), (590, 66, 5.0)])
  func `a last window less than half full is part of the one before`(
    count: Int, points: Int, last: Double
  ) throws {
    // Windows of 9 steps; 585 of them are 65 windows. What is beyond is 5, the rest is 1.
    let losses = (0..<count).map { $0 < 585 ? 1.0 : 5 }
    let rows = try Self.rows("adam", in: try Self.drawn(Self.result(["adam": losses])).data)
    // Seven digits.
    #expect(rows.count == points && abs(rows.last![1] - last) < 1e-6, "\(rows.suffix(2))")
  }

  /// Of single samples, most have almost no loss, and the mean is what training minimizes.
  @Test func `a window of mini-batches is drawn as its mean`() throws {
    let losses = (0..<6000).map { $0 % 10 == 0 ? 1.0 : 0.001 }
    let rows = try Self.rows("single", in: try Self.drawn(Self.result(["single": losses])).data)
    // A window of 99 steps has nine or ten of the large ones.
    #expect(rows.allSatisfy { abs($0[1] - 0.1009) < 1.0 / 99 }, "\(rows.prefix(3))")
  }

  /// Five decades below the start the target is reached, and the run goes on for thirteen more.
  @Test func `the axis ends three powers of ten below the target, in the picture and on the page`()
    throws
  {
    let losses = (0...18).map { pow(10, -Double($0)) }
    let result = Self.result(
      ["adam": losses], kind: .surface, target: Target(metric: .loss, value: 1e-5))
    let script = try Self.drawn(result).script
    let lower = try #require(script.firstMatch(of: #/set yrange \[(.+):/#)?.1)
    // With a margin of a twenty-fifth of the axis.
    #expect(try abs(log10(#require(Double(lower))) + 8.32) < 0.01)
    #expect(script.contains("values below 1e-08 are drawn at the lower edge"))
    let page = try PageTests.page([result])
    let limits = try #require(page.firstMatch(of: #/"limits":\[([^,]+),([^\]]+)\]/#))
    #expect(try abs(#require(Double(limits.1)) * 1e8 - 1) < 1e-9)
    // Without a target all of it is drawn.
    let whole = try Self.drawn(Self.result(["adam": losses], kind: .surface)).script
    #expect(!whole.contains("values below"))
  }

  @Test func `a band below the axis is mentioned`() throws {
    var result = Self.result(["adam": [1, 0.1]], kind: .surface)
    for (seed, last) in [0.01, 0.5].enumerated() {
      var trial = result.runs[0].trial
      trial.key = "adam-\(seed + 1)"
      trial.curves = [Curve(metric: .loss, steps: [0, 1], epochs: nil, values: [1, last])]
      result.runs.append(.init(optimizer: "adam", seed: seed + 1, trial: trial))
      result.scenario.trials.append(
        TrialReference(optimizer: "adam", seed: seed + 1, key: trial.key))
    }
    // The median ends at 0.1, the lower quartile at 0.055; a tenth of the axis is a factor of 1.26.
    #expect(
      try Self.drawn(result).script.contains("values below 0.0794 are drawn at the lower edge"))
  }

  @Test func `the target is a line where it is a value of the chart`() throws {
    let losses: KeyValuePairs = ["adam": [10.0, 1, 0.1, 0.01]]
    func script(_ target: Target?, _ losses: KeyValuePairs<String, [Double]> = losses) throws
      -> String
    {
      try Self.drawn(Self.result(losses, kind: .surface, target: target)).script
    }
    #expect(try script(Target(metric: .loss, value: 0.5)).contains("'target' at graph"))
    // Outside, of something else, and none.
    #expect(!(try script(Target(metric: .loss, value: 1e-6))).contains("'target'"))
    #expect(!(try script(Target(metric: .testAccuracy, value: 0.5))).contains("'target'"))
    #expect(!(try script(nil)).contains("'target'"))
    // On an axis of both signs at its stretched height.
    let both = try script(Target(metric: .loss, value: -2), ["adam": [10, 1, -1, -50]])
    #expect(both.contains("'target' at graph 0.01, first f(-2)"), "\(both)")
    #expect(
      !(try script(Target(metric: .loss, value: -500), ["adam": [10, 1, -1, -50]]))
        .contains("'target'"))
  }

  /// A search that makes 5, 1 and 30 evaluations in its three steps, and the same run stored with its totals alone.
  @Test func `evaluations and seconds are those of each step`() throws {
    var result = Self.result(["lbfgs": [8, 4, 2, 1], "adam": [8, 6, 5, 3]], kind: .surface)
    result.scenario.charts = ["loss_by_evaluations", "loss_by_seconds"]
    for index in result.runs.indices {
      result.runs[index].trial.steps = 3
      result.runs[index].trial.lossEvaluations = index == 0 ? 37 : 4
      result.runs[index].trial.gradientEvaluations = index == 0 ? 37 : 4
      result.runs[index].trial.epochs = 0
      result.runs[index].trial.clock = ClockReadings(steps: [0, 1, 3], seconds: [0.125, 0.25, 4])
    }
    func drawn(_ name: String) throws -> (data: String, script: String) {
      let folder = try TemporaryFolder()
      try Report(results: [result]).drawCharts(to: folder.path)
      return (try folder.text("net/\(name).dat"), try folder.text("net/\(name).gp"))
    }
    func places(_ label: String, _ data: String) throws -> [Double] {
      try Self.rows(label, in: data).map { $0[0] }
    }
    let even = try drawn("loss_by_evaluations")
    #expect(try places("lbfgs", even.data) == [1, 13, 25, 37])
    #expect(even.script.contains("stored without evaluations by step: total divided evenly"))
    result.runs[0].trial.evaluationCounts = EvaluationCounts(
      steps: [0, 1, 2, 3], losses: [1, 6, 7, 37], gradients: [1, 6, 7, 37])
    let counted = try drawn("loss_by_evaluations")
    #expect(try places("lbfgs", counted.data) == [1, 6, 7, 37])
    #expect(try places("adam", counted.data) == [1, 2, 3, 4])
    #expect(!counted.script.contains("divided evenly"))
    let timed = try drawn("loss_by_seconds")
    #expect(try places("lbfgs", timed.data) == [0.125, 0.25, 2.125, 4])
    #expect(!timed.script.contains("divided evenly"))
  }

  @Test func `numbers below the axis have no room for a sign`() throws {
    #expect(try Self.drawn(Self.result(["adam": [3, 2, 1]])).script.contains("set format x '%h'"))
  }
}
