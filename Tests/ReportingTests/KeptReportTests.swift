import Analysis
import Foundation
import Records
import Reporting
import Synchronization
import TestSupport
import Testing

/// A report reads and draws only what changed since the last one, and is the same as one that reads everything.
@Suite struct KeptReportTests {
  private let folder: TemporaryFolder
  /// One without trials has nothing to read.
  private static let results = Examples.all.filter { !$0.scenario.trials.isEmpty }

  init() throws { folder = try TemporaryFolder() }

  /// Results that say what is asked for, and that can change.
  private final class Source: ResultSource {
    private let results: Mutex<[ScenarioResult]>
    private let versions = Mutex<[String: Int]>([:])
    private let asked = Mutex<Set<String>>([])

    init(_ results: [ScenarioResult]) { self.results = Mutex(results) }

    var scenarios: [ScenarioRecord] { results.withLock { $0.map(\.scenario) } }

    /// The scenarios that were read since the last call.
    func read() -> Set<String> {
      asked.withLock { asked in
        defer { asked = [] }
        return asked
      }
    }

    func change(_ name: String, _ body: (inout ScenarioResult) -> Void) {
      results.withLock { results in
        for index in results.indices where results[index].scenario.name == name {
          body(&results[index])
        }
      }
      versions.withLock { $0[name, default: 0] += 1 }
    }

    func result(
      of scenario: ScenarioRecord, places: Range<Int>, trajectories: TrajectorySelection
    ) -> ScenarioResult {
      _ = asked.withLock { $0.insert(scenario.name) }
      return HeldResults(results.withLock(\.self)).result(
        of: scenario, places: places, trajectories: trajectories)
    }

    func fingerprint(of scenario: ScenarioRecord) -> String? {
      "\(scenario.name) \(versions.withLock { $0[scenario.name, default: 0] })"
    }
  }

  /// Tables, charts and page in `name`, as the program makes them.
  @discardableResult
  private func report(
    _ source: Source, to name: String, program: String = "1", reuses: Bool = true,
    charts: Bool = true, asked: [ScenarioRecord] = []
  ) throws -> Report {
    let path = folder.file(name)
    let report = try Report(
      of: source.scenarios, from: source,
      ReportContents(
        tables: "\(path)/csv", charts: charts ? Set(source.scenarios.map(\.name)) : [],
        hasSuiteCharts: charts, hasPage: true, asked: asked,
        keeping: .init(
          folder: "\(path)/.report", charts: "\(path)/charts", format: .svg, program: program,
          reuses: reuses)), jobs: 2)
    try report.commitTables()
    if charts { try report.drawCharts(to: "\(path)/charts", format: .svg) }
    try report.writePage(to: "\(path)/report.html", charts: charts ? "charts" : nil, facts: [])
    report.keep(hasAllCharts: charts)
    return report
  }

  private var names: Set<String> { Set(Self.results.map(\.scenario.name)) }

  /// The tables and the page.
  private func files(in name: String) throws -> [String: String] {
    let tables = folder.contents.filter { $0.hasPrefix("\(name)/csv/") } + ["\(name)/report.html"]
    return try tables.reduce(into: [:]) {
      $0[String($1.dropFirst(name.count))] = try folder.text($1)
    }
  }

  @Test func `what did not change is not read, and everything is as if it had been`() throws {
    let source = Source(Self.results)
    let first = try report(source, to: "a")
    #expect(source.read() == names)
    let before = try files(in: "a")
    #expect(before.count > 5)
    let second = try report(source, to: "a")
    #expect(source.read() == [])
    #expect(try files(in: "a") == before)
    #expect(second.unchangedCharts > 3)
    #expect(second.suite.scenarios.map(\.summaries) == first.suite.scenarios.map(\.summaries))
    #expect(second.suite.scenarios.map(\.best) == first.suite.scenarios.map(\.best))
  }

  @Test func `only what changed is read, and the tables are those of a report that reads all`()
    throws
  {
    let source = Source(Self.results)
    try report(source, to: "a")
    _ = source.read()
    for name in source.scenarios.map(\.name) {
      source.change(name) { $0.runs.removeLast() }
      try report(source, to: "a")
      #expect(source.read() == [name])
      try report(source, to: "b", reuses: false)
      #expect(source.read() == names)
      #expect(try files(in: "a") == files(in: "b"))
    }
    // And a third one has them in the right places again.
    try report(source, to: "a")
    #expect(source.read() == [])
    #expect(try files(in: "a") == files(in: "b"))
  }

  @Test(arguments: ["csv/runs.csv", "csv/curves.csv", ".report/report.json"])
  func `a table that was changed or a damaged record is made anew`(file: String) throws {
    let source = Source(Self.results)
    try report(source, to: "a")
    let before = try files(in: "a")
    for content in [Data("x".utf8), Data(), nil] {
      _ = source.read()
      let path = folder.file("a/\(file)")
      if let content {
        try content.write(to: URL(fileURLWithPath: path))
      } else {
        try FileManager.default.removeItem(atPath: path)
      }
      try report(source, to: "a")
      #expect(source.read() == names)
      #expect(try files(in: "a") == before)
    }
  }

  @Test func `the file of one scenario that is damaged is made anew`() throws {
    let source = Source(Self.results)
    try report(source, to: "a")
    let before = try files(in: "a")
    let kept = folder.contents.filter {
      $0.hasPrefix("a/.report/findings") || $0.hasPrefix("a/.report/section")
    }
    #expect(kept.count == 2 * names.count)
    for file in kept {
      _ = source.read()
      try folder.write("{}", to: file)
      try report(source, to: "a")
      #expect(source.read().count == 1)
      #expect(try files(in: "a") == before)
    }
  }

  @Test func `a picture that is gone is drawn again, and another program reads all`() throws {
    let source = Source(Self.results)
    try report(source, to: "a")
    _ = source.read()
    let pictures = folder.contents.filter { $0.hasPrefix("a/charts/") && $0.hasSuffix(".svg") }
    let picture = try #require(pictures.first { !$0.contains("/suite/") })
    try FileManager.default.removeItem(atPath: folder.file(picture))
    try report(source, to: "a")
    #expect(source.read().count == 1)
    #expect(folder.contents.contains(picture))
    try report(source, to: "a", program: "2")
    #expect(source.read() == names)
  }

  @Test func `charts that were not asked for are drawn when they are`() throws {
    let source = Source(Self.results)
    try report(source, to: "a", charts: false)
    _ = source.read()
    try report(source, to: "a", charts: false)
    #expect(source.read() == [])
    try report(source, to: "a")
    #expect(source.read() == names)
    #expect(folder.contents.contains { $0.hasSuffix(".svg") })
  }

  @Test func `a comparison restricted to one optimizer is read`() throws {
    let source = Source(Self.results)
    try report(source, to: "a")
    _ = source.read()
    var restricted = try #require(source.scenarios.first { $0.optimizers.count > 1 })
    restricted.optimizers = [restricted.optimizers[0]]
    let report = try report(source, to: "a", asked: [restricted])
    #expect(source.read() == [restricted.name])
    #expect(report.asked.map(\.summaries.count) == [1])
  }

  @Test func `a chart whose script and data did not change is not drawn again`() throws {
    let results = [Examples.saddleResult]
    let path = folder.file("charts")
    let report = Report(
      of: results, ReportContents(charts: Set(results.map(\.scenario.name))), jobs: 2)
    let first = try report.drawCharts(to: path)
    #expect(first.drawn > 0 && first.unchanged == 0)
    let second = try report.drawCharts(to: path)
    #expect(second.drawn == 0 && second.unchanged == first.drawn)
    // Not even if gnuplot is missing; but a damaged picture is.
    #expect(try report.drawCharts(to: path, gnuplot: "/nowhere/gnuplot").unchanged == first.drawn)
    let picture = try #require(folder.contents.first { $0.hasSuffix(".png") })
    let place = URL(fileURLWithPath: folder.file(picture))
    let whole = try Data(contentsOf: place)
    try whole.prefix(100).write(to: place)
    #expect(try report.drawCharts(to: path).drawn == 1)
    #expect(try Data(contentsOf: place) == whole)
  }
}
