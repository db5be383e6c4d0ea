import Foundation
import Records
import Reporting
import Running
import Text

/// Writes the files of a report and prints what it wrote.
struct ReportWriter {
  let store: Store
  let output: OutputOptions
  let reporting: ReportOptions
  /// Charts that are drawn at once.
  let jobs: Int
  let cancellation: CancellationFlag
  /// Scenarios in tables and page; all of the store if `nil`.
  var scope: [String]?
  /// Whether what the last report kept is used: only what changed is read and drawn then.
  var reuses = true

  /// Every scenario of the store, whichever was run last, unless some are named; read and analyzed once.
  private func report(_ contents: ReportContents) throws -> Report {
    let names = scope
    return try Report(
      of: store.scenarios(named: names), from: store,
      tunings: store.tunings().filter { names?.contains($0.scenario) ?? true }, contents,
      jobs: jobs)
  }

  private var tablesFolder: String { "\(output.out)/csv" }

  /// The tables alone.
  func writeTables() throws {
    try report(ReportContents(tables: tablesFolder)).commitTables()
  }

  /// The tables and the page of the whole store and the charts of the scenarios named.
  ///
  /// - Parameter asked: Comparisons whose best optimizers are printed.
  /// - Returns: Whether every chart was tried: not if it was cancelled.
  func write(chartsOf names: [String], asked: [ScenarioRecord] = []) throws -> Bool {
    let report = try report(
      ReportContents(
        tables: tablesFolder, charts: reporting.noCharts ? [] : Set(names),
        hasSuiteCharts: !reporting.noCharts, hasPage: true, asked: asked,
        keeping: ReportContents.Keeping(
          folder: "\(output.out)/.report", charts: "\(output.out)/charts",
          format: reporting.chartFormat, program: Version.build, reuses: reuses)))
    if !reporting.quiet, let table = ResultTable(report.asked).text {
      StandardOutput.write(table)
    }
    try report.commitTables()
    guard !reporting.noCharts else {
      try writePage(report)
      report.keep(hasAllCharts: false)
      tell("report: \(pagePath); tables: \(tablesFolder)")
      return true
    }
    let bar = !reporting.quiet && StandardError.isTerminal
    let cancellation = cancellation
    do {
      let charts = try report.drawCharts(
        to: "\(output.out)/charts", format: reporting.chartFormat, jobs: jobs,
        isCancelled: { cancellation.isSet },
        progress: { progress in
          guard bar else { return }
          StandardError.redraw("charts \(progress.finished)/\(progress.total)  \(progress.chart)")
        })
      guard charts.isComplete else {
        if bar { StandardError.redraw("") }
        return false
      }
      try writePage(report)
      report.keep(hasAllCharts: true)
      if bar { StandardError.redraw("") }
      let total = charts.drawn + charts.unchanged + report.unchangedCharts
      let unchanged = charts.drawn == total ? "" : " (\(charts.drawn) drawn anew)"
      tell(
        "report: \(pagePath); tables: \(tablesFolder); \(counted(total, "chart"))\(unchanged): \(output.out)/charts"
      )
      return true
    } catch {
      if bar { StandardError.redraw("") }
      // Ctrl-C on a terminal reaches gnuplot too, and what it then says is no failure of its own.
      if cancellation.isSet { return false }
      // Results that cannot fill a chart, because every run diverged at its start, are results all the same.
      guard let error = error as? ReportError else { throw error }
      // Tables and the charts that the page draws itself need no gnuplot.
      try writePage(report)
      report.keep(hasAllCharts: false)
      guard error.isForWantOfResults else { throw error }
      StandardError.write("left out: \(error)")
      tell("report: \(pagePath)")
    }
    return true
  }

  private var pagePath: String { "\(output.out)/report.html" }

  /// One page of the whole store, with the pictures that are there.
  private func writePage(_ report: Report) throws {
    let facts = [
      PageFact(name: "Written by", value: "bench \(Version.current)"),
      PageFact(name: "Processor of this machine", value: Checkup.processor().finding),
      PageFact(
        name: "Memory", value: "\(ProcessInfo.processInfo.physicalMemory >> 30) GiB"),
      PageFact(name: "System", value: ProcessInfo.processInfo.operatingSystemVersionString),
      PageFact(name: "Matrix products", value: "OpenBLAS, " + Checkup.linearAlgebra().finding),
      PageFact(name: "Store", value: output.storePath),
    ]
    try report.writePage(
      to: pagePath, charts: reporting.noCharts ? nil : "charts", facts: facts)
  }

  private func tell(_ message: String) {
    if !reporting.quiet { StandardError.write(message) }
  }
}
