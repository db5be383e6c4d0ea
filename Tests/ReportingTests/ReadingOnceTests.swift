import Analysis
import Records
import Reporting
import Synchronization
import TestSupport
import Testing

/// However much a report holds, each trial is loaded once.
@Suite struct ReadingOnceTests {
  /// Enough scenarios for a ranking.
  private static let results = Examples.all + Examples.repeated(Examples.saddleResult).dropFirst()

  /// Counts how often each trial is asked for.
  private final class CountingSource: ResultSource {
    private let held = HeldResults(ReadingOnceTests.results)
    private let loads = Mutex<[String: Int]>([:])

    var counts: [String: Int] { loads.withLock { $0 } }

    func result(
      of scenario: ScenarioRecord, places: Range<Int>, trajectories: TrajectorySelection
    ) throws -> ScenarioResult {
      loads.withLock { loads in
        for place in places { loads["\(scenario.name) \(place)", default: 0] += 1 }
      }
      return held.result(of: scenario, places: places, trajectories: trajectories)
    }
  }

  @Test func `tables, charts, page and winners are made from one reading of each trial`() throws {
    let folder = try TemporaryFolder()
    let source = CountingSource()
    let scenarios = Self.results.map(\.scenario)
    // As after a run that was restricted to one optimizer.
    var restricted = scenarios[1]
    restricted.optimizers = [restricted.optimizers[0]]
    restricted.trials = [restricted.trials[0]]
    let report = try Report(
      of: scenarios, from: source,
      ReportContents(
        tables: folder.file("csv"), charts: Set(scenarios.map(\.name)), hasSuiteCharts: true,
        hasPage: true, asked: [restricted]), jobs: 2)
    try report.commitTables()
    try report.drawCharts(to: folder.file("charts"))
    try report.writePage(to: folder.file("report.html"), charts: "charts", facts: [])
    let expected = scenarios.flatMap { scenario in
      scenario.trials.indices.map { "\(scenario.name) \($0)" }
    }
    #expect(!expected.isEmpty)
    #expect(source.counts == Dictionary(uniqueKeysWithValues: expected.map { ($0, 1) }))
    // And all of it is there.
    #expect(report.asked.map(\.summaries.count) == [1])
    #expect(folder.contents.contains("csv/runs.csv"))
    #expect(folder.contents.contains("charts/saddle/trajectory.png"))
    #expect(folder.contents.contains("charts/suite/ranks.png"))
    #expect(try folder.text("report.html").contains("scenario-saddle"))
  }

  @Test func `what is read is written as what is in memory`() throws {
    let folder = try TemporaryFolder()
    try Report(
      of: Self.results.map(\.scenario), from: CountingSource(),
      ReportContents(tables: folder.file("read")), jobs: 3
    ).commitTables()
    try Report.writeTables(of: Self.results, to: folder.file("held"))
    let files = folder.contents.filter { $0.hasPrefix("held/") }.map { $0.dropFirst(5) }
    #expect(files.count == 12)
    for file in files {
      #expect(try folder.text("read/\(file)") == folder.text("held/\(file)"), "\(file)")
    }
  }
}
