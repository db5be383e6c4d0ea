import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// What an epoch chart draws of many epochs, of runs that stopped early and of values outside.
@Suite struct EpochChartTests {
  private struct Run {
    var label: String
    /// Epoch by epoch, from 1.
    var losses: [Double]
    var stopReason = StopReason.budget
    var restoredEpoch: Int?
  }

  private static func drawn(_ runs: [Run]) throws -> (script: String, data: String) {
    var seeds: [String: Int] = [:]
    let drawn = runs.map { run in
      let seed = seeds[run.label, default: 0]
      seeds[run.label] = seed + 1
      let epochs = Array(1...run.losses.count)
      return ScenarioResult.Run(
        optimizer: run.label, seed: seed,
        trial: TrialRecord(
          key: "\(run.label)-\(seed)", configuration: "", status: .finished,
          stopReason: run.stopReason, restoredEpoch: run.restoredEpoch, steps: run.losses.count,
          epochs: run.losses.count, lossEvaluations: 0, gradientEvaluations: 0, parameters: 1,
          stateBytes: 0, wallSeconds: 0,
          curves: [Curve(metric: .trainLoss, steps: epochs, epochs: epochs, values: run.losses)],
          trajectory: nil))
    }
    let labels = runs.map(\.label).reduce(into: [String]()) { if !$0.contains($1) { $0 += [$1] } }
    let scenario = ScenarioRecord(
      name: "net", title: "Net", problem: .legacy("p"), budget: .legacy("b"), kind: .network,
      rankedBy: .trainLoss,
      optimizers: labels.map { Participant(label: $0, rule: "sgd", hyperparameters: [:]) },
      trials: drawn.map {
        TrialReference(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key)
      },
      charts: ["train_loss"])
    let folder = try TemporaryFolder()
    try Report(results: [ScenarioResult(scenario: scenario, runs: drawn)])
      .drawCharts(to: folder.path)
    return (try folder.text("net/train_loss.gp"), try folder.text("net/train_loss.dat"))
  }

  /// From 1 down to a half, `factor` times as high.
  private static func falling(_ epochs: Int, factor: Double = 1) -> [Double] {
    (0..<epochs).map { factor * (1 - 0.5 * Double($0) / Double(max(epochs - 1, 1))) }
  }

  private static func range(_ script: String) throws -> ClosedRange<Double> {
    let match = try #require(script.firstMatch(of: /set yrange \[(.+):(.+)\]/))
    return try #require(Double(match.1))...#require(Double(match.2))
  }

  @Test(arguments: [
    (12, "with yerrorbars", "bars: worst to best seed"),
    (13, "with filledcurves", "band: worst to best seed"),
  ])
  func `many epochs have a band between the worst and the best, few have bars`(
    epochs: Int, drawn: String, note: String
  ) throws {
    let (script, _) = try Self.drawn(
      [1, 1.05, 1.1].map { Run(label: "a", losses: Self.falling(epochs, factor: $0)) })
    #expect(script.contains(drawn) && script.contains(note), "\(script)")
    let other = epochs > 12 ? "with yerrorbars" : "with filledcurves"
    #expect(!script.contains(other) && !script.contains("cut at the edge"))
  }

  @Test func `a wide band does not take the room of the medians, and the note says so`() throws {
    let (script, data) = try Self.drawn(
      [1, 1, 50].map { Run(label: "a", losses: Self.falling(40, factor: $0)) })
    // Medians from 1/2 to 1, a quarter of that room above and below: at most 2^0.25 = 1.19 higher, and a little air.
    let range = try Self.range(script)
    #expect(range.upperBound > 1.15 && range.upperBound < 1.25, "\(range)")
    #expect(range.lowerBound > 0.45 && range.lowerBound < 0.5, "\(range)")
    #expect(script.contains("band: worst to best seed, cut at the edge"))
    // The data are as they are.
    #expect(data.contains("\n1 1 1 50\n"))
  }

  @Test func `a line ends where most of its runs have stopped early`() throws {
    func run(_ epochs: Int) -> Run {
      Run(label: "a", losses: Self.falling(epochs), stopReason: .earlyStopping)
    }
    let (script, data) = try Self.drawn(
      [run(15), run(20), run(30), run(40)]
        + [Run(label: "b", losses: Self.falling(50)), Run(label: "b", losses: Self.falling(50))])
    let block = try #require(data.components(separatedBy: "\n\n\n").first { $0.contains("# a:") })
    // Up to 30 two of four still run, then one.
    #expect(block.split(separator: "\n").last?.hasPrefix("30 ") == true, "\(block)")
    #expect(
      script.contains("stopped runs keep their last value; a line ends once most have stopped"))
    // A marker where it ends: its 30th row.
    #expect(script.contains("every ::29 with points"), "\(script)")
    #expect(!script.contains("every ::49"))
  }

  /// Of three runs, one stops after five epochs and keeps its third, where the loss was 0.2. In the sixth epoch the others are at 1
  /// and 3, and it is still at the 9 at which it stopped: what was kept is no training. Results are 0.2, 1 and 3, after epochs 3, 7
  /// and 7.
  @Test func `a stopped run stays where it stopped, and a marker shows the result`() throws {
    let stopped = Run(
      label: "a", losses: [2, 1, 0.2, 5, 9], stopReason: .earlyStopping, restoredEpoch: 3)
    let (script, data) = try Self.drawn(
      [stopped] + [1.0, 3].map { Run(label: "a", losses: Array(repeating: $0, count: 7)) })
    #expect(data.contains("\n5 3 1 9\n"), "\(data)")
    #expect(data.contains("\n6 3 1 9\n"), "\(data)")
    #expect(data.contains("# a, restored epoch: epoch value\n7 1\n"), "\(data)")
    #expect(script.contains("legend: value at the restored epoch (large marker)"))
    #expect(script.contains("title 'a  1'"))
  }

  /// Without a restored epoch the marker is missing, but the legend still has the results: 3, 1 and 2.
  @Test func `the legend has the results of runs of different lengths`() throws {
    let losses = [[4.0, 3], [4, 4, 1], [4, 4, 4, 2]]
    let (script, data) = try Self.drawn(
      losses.map { Run(label: "a", losses: $0, stopReason: .earlyStopping) })
    #expect(script.contains("title 'a  2'"), "\(script)")
    #expect(!data.contains("restored epoch"))
  }

  @Test func `no run that stopped early, no word of it`() throws {
    let (script, _) = try Self.drawn((0..<2).map { _ in Run(label: "a", losses: Self.falling(20)) })
    #expect(!script.contains("stopped"))
  }

  @Test func `markers and numbers of many epochs leave room between them`() throws {
    let runs = ["a", "b"].map { Run(label: $0, losses: Self.falling(150)) }
    let (script, _) = try Self.drawn(runs)
    // 150 / 8 = 18, the second a third of that further on.
    #expect(script.contains("every 18::6 ") && script.contains("every 18::12 "), "\(script)")
    #expect(script.contains("set xtics 20\n"))
    #expect(
      try Self.drawn([Run(label: "a", losses: Self.falling(5))]).script.contains("set xtics 1\n"))
  }

  @Test func `each series outside has one arrow, and none hides another`() throws {
    let far = (0..<30).map { _ in 1e6 }
    let runs =
      (0..<8).map {
        Run(label: "near \($0)", losses: Self.falling(30, factor: 1 + 0.01 * Double($0)))
      }
      + ["x", "y"].map { Run(label: $0, losses: far) }
    let (script, data) = try Self.drawn(runs)
    let arrows = try ["x", "y"].map { label in
      let block = try #require(
        data.components(separatedBy: "\n\n\n").first { $0.contains("# \(label), outside") })
      let rows = block.split(separator: "\n").filter { !$0.hasPrefix("#") }
      #expect(rows.count == 1)
      return try #require(rows[0].split(separator: " ").first.flatMap { Double($0) })
    }
    // 24 of the plot's 1030 pixels apart, along 29.7 epochs; numbers are written with seven digits.
    #expect(arrows[1] - arrows[0] > 0.99 * 24 / 1030 * 29.7, "\(arrows)")
    #expect(arrows[0] >= 1 && arrows[1] < 4)
    #expect(script.contains("arrows: values above the axis"))
  }

  @Test(
    arguments: [
      ([nil, nil], "; legend: final value"),
      ([2, nil], "; legend: value at the restored (large marker) or final epoch"),
      ([2, 2], "; legend: value at the restored epoch (large marker)"),
    ] as [([Int?], String)])
  func `the note says which epoch the values in the legend are from`(
    restored: [Int?], note: String
  ) throws {
    let runs = zip(["a", "b"], restored).flatMap { label, epoch in
      (0..<2).map { _ in Run(label: label, losses: Self.falling(4), restoredEpoch: epoch) }
    }
    #expect(try Self.drawn(runs).script.contains(note))
  }
}
