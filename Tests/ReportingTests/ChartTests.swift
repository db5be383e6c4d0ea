import Foundation
import Records
import Reporting
import Synchronization
import TestSupport
import Testing

struct ChartTests {
  @Test func `every chart that the examples ask for is drawn and nothing else is left`() throws {
    let folder = try TemporaryFolder()
    defer { keep(folder, "") }
    let seen = Mutex<[ChartProgress]>([])
    try Report(results: Examples.all).drawCharts(
      to: folder.path,
      progress: { progress in
        seen.withLock { $0.append(progress) }
      })
    for result in Examples.all {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: "\(folder.path)/\(result.scenario.name)")
      #expect(
        Set(files)
          == Set(result.scenario.charts.flatMap { ["\($0).png", "\($0).gp", "\($0).dat"] }))
    }
    let total = Examples.all.map(\.scenario.charts.count).reduce(0, +)
    #expect(seen.withLock { $0.map(\.finished) } == Array(1...total))
    #expect(seen.withLock { $0.allSatisfy { $0.total == total && $0.failure == nil } })
  }

  @Test(arguments: [
    "rosenbrock/trajectory", "fashion_mnist/test_accuracy", "bias-correction/bias_correction",
  ])
  func `plain gnuplot draws the same picture again from a copy of the folder`(chart: String) throws
  {
    let name = try #require(chart.split(separator: "/").last)
    let folder = try TemporaryFolder()
    let result = try #require(Examples.all.first { chart.hasPrefix($0.scenario.name + "/") })
    try Report(results: [result]).drawCharts(to: folder.path)
    let picture = "\(folder.path)/\(chart).png"
    let first = try Data(contentsOf: URL(fileURLWithPath: picture))
    try FileManager.default.removeItem(atPath: picture)

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gnuplot", "\(name).gp"]
    process.currentDirectoryURL = URL(
      fileURLWithPath: (picture as NSString).deletingLastPathComponent)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: picture)) == first)
  }

  @Test(arguments: [
    "`touch broken`", "' \n!touch broken\nplot '", "\"; system('touch broken')", "@name_x^2{a}",
    "$(touch broken)", "back\\slash\\n\\", "line\u{2028}separator\r\n", "\u{0}nul\u{7}", "%s %d %",
    String(repeating: "long ", count: 100),
  ])
  func `text of others is shown and never run`(text: String) throws {
    let folder = try TemporaryFolder()
    var results = [
      Examples.ellipseResult, Examples.networkResult(), Examples.smoothingResult(days: 100),
    ]
    results[1].scenario.charts = ["test_accuracy"]
    for index in results.indices {
      results[index].scenario.title = text
      results[index].scenario.problem = .legacy(text)
      results[index].scenario.budget = .legacy(text)
      results[index].scenario.smoothing?.quantity = text
      results[index].scenario.smoothing?.firstDay = text
      if !results[index].runs.isEmpty {
        let label = results[index].scenario.optimizers[0].label
        results[index].scenario.optimizers[0].label = text
        for run in results[index].runs.indices where results[index].runs[run].optimizer == label {
          results[index].runs[run].optimizer = text
        }
      }
    }
    try Report(results: results).drawCharts(to: folder.path)
    #expect(!folder.contents.contains { $0.contains("broken") })
    #expect(!FileManager.default.fileExists(atPath: "broken"))
  }

  @Test func `results at the edge of sense are drawn too`() throws {
    let folder = try TemporaryFolder()
    defer { keep(folder, "-edges") }
    try Report(results: EdgeCases.all).drawCharts(to: folder.path)
    let pictures = EdgeCases.all.map(\.scenario.charts.count).reduce(0, +)
    #expect(folder.contents.count { $0.hasSuffix(".png") } == pictures)
  }

  @Test func `a scenario without a single finite loss says so`() throws {
    var result = Examples.saddleResult
    result.runs = [result.runs[0]]
    result.runs[0].trial.status = .diverged(step: 0)
    result.runs[0].trial.curves = [
      Curve(metric: .loss, steps: [0], epochs: nil, values: [.nan])
    ]
    result.scenario.charts = ["loss"]
    let folder = try TemporaryFolder()
    let results = [result]
    #expect(
      throws: ReportError.cannotDraw(
        chart: "saddle/loss",
        reason: "no run of the scenario has a finite loss: sgd (✕ 0)")
    ) { try Report(results: results).drawCharts(to: folder.path) }
  }

  /// For eyes: where `BENCH_KEEP_CHARTS` says.
  private func keep(_ folder: TemporaryFolder, _ suffix: String) {
    guard let kept = ProcessInfo.processInfo.environment["BENCH_KEEP_CHARTS"] else { return }
    try? FileManager.default.removeItem(atPath: kept + suffix)
    try? FileManager.default.copyItem(atPath: folder.path, toPath: kept + suffix)
  }
}

/// Results that are legal and unlikely.
enum EdgeCases {
  static let all: [ScenarioResult] = {
    var single = Examples.networkResult(epochs: 1, seeds: 1)
    single.scenario.name = "one-epoch"

    var diverged = Examples.saddleResult
    diverged.scenario.name = "all-diverged"
    for index in diverged.runs.indices {
      let path = diverged.runs[index].trial.trajectory!
      diverged.runs[index].trial.status = .diverged(step: 1)
      diverged.runs[index].trial.trajectory = Trajectory(
        steps: [0, 1], x: [path.x[0], .infinity], y: [path.y[0], .nan], loss: [path.loss[0], .nan])
      diverged.runs[index].trial.curves = [
        Curve(metric: .loss, steps: [0, 1], epochs: nil, values: [path.loss[0], .nan])
      ]
    }

    var zero = Examples.ellipseResult
    zero.scenario.name = "all-zero"
    for index in zero.runs.indices {
      zero.runs[index].trial.curves = [
        Curve(metric: .loss, steps: [0, 1], epochs: nil, values: [0, 0])
      ]
    }
    zero.scenario.landscape?.values = [Double](repeating: 3, count: 61 * 41)

    var cliff = Examples.rosenbrockResult
    cliff.scenario.name = "cliff"
    for index in 0..<2_000 {
      cliff.scenario.landscape?.values[index] = index % 2 == 0 ? .infinity : .nan
    }

    var missing = Examples.networkResult()
    missing.scenario.name = "missing-runs"
    missing.runs = Array(missing.runs.prefix(4))

    var short = Examples.smoothingResult(days: 1)
    short.scenario.name = "one-day"
    return [single, diverged, zero, cliff, missing, short, crowd]
  }()

  /// Fourteen optimizers with long names.
  private static var crowd: ScenarioResult {
    var result = Examples.surface(
      "crowd", title: "A crowd on a saddle", equation: "f(x, y) = x² − y²", Examples.saddle,
      Examples.saddleResult.scenario.landscape!, steps: 100,
      optimizers: (0..<14).map {
        ("optimizer with a long name \($0)", ["sgd", "adam"][$0 % 2], 0.01 + 0.004 * Double($0))
      })
    result.scenario.charts = ["trajectory", "loss"]
    return result
  }
}
