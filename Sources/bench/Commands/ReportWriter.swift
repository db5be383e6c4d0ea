import Analysis
import Foundation
import Records
import Reporting
import Running
import Text

/// Writes what a store holds as files, and tells what it wrote.
struct ReportWriter {
  let store: Store
  let output: OutputOptions
  let reporting: ReportOptions
  /// Charts that are drawn at once.
  let jobs: Int
  let cancellation: CancellationFlag
  /// Scenarios that tables and page tell of; all of the store if `nil`.
  var scope: [String]?

  private func report(of records: [ScenarioRecord]) -> Report {
    Report(scenarios: records, from: store)
  }

  /// Searches on the scenarios named, or all.
  private func tunings(of names: [String]?) throws -> [TuningRecord] {
    try store.tunings().filter { names?.contains($0.scenario) ?? true }
  }

  /// Every scenario of the store, whichever was run last, unless some are named.
  func writeCSV() throws {
    try report(of: store.scenarios(named: scope)).writeCSV(
      to: "\(output.out)/csv", jobs: jobs)
    try TuningReport(tunings(of: scope)).writeCSV(to: "\(output.out)/csv")
  }

  /// The tables of the whole store and the charts of the scenarios named.
  ///
  /// - Returns: Whether every chart was tried: not if it was cancelled.
  func write(chartsOf names: [String]) throws -> Bool {
    try writeCSV()
    guard !reporting.noCharts else {
      try writePage()
      tell("report: \(pagePath); tables: \(output.out)/csv")
      return true
    }
    let records = try store.scenarios(named: names)
    let bar = !reporting.quiet && StandardError.isTerminal
    let cancellation = cancellation
    do {
      let charts = try report(of: records).drawCharts(
        to: "\(output.out)/charts", suite: report(of: store.scenarios(named: scope)),
        tunings: TuningReport(tunings(of: names)), format: reporting.chartFormat, jobs: jobs,
        isCancelled: { cancellation.isSet },
        progress: { progress in
          guard bar else { return }
          StandardError.redraw("charts \(progress.finished)/\(progress.total)  \(progress.chart)")
        })
      guard charts.isComplete else {
        if bar { StandardError.redraw("") }
        return false
      }
      try writePage()
      if bar { StandardError.redraw("") }
      tell(
        "report: \(pagePath); tables: \(output.out)/csv; \(counted(charts.drawn, "chart")): \(output.out)/charts"
      )
      return true
    } catch {
      if bar { StandardError.redraw("") }
      // Ctrl-C on a terminal reaches gnuplot too, and what it then says is no failure of its own.
      if cancellation.isSet { return false }
      // Results that cannot fill a chart, because every run diverged at its start, are results all the same.
      guard let error = error as? ReportError else { throw error }
      // Tables and the charts that the page draws itself need no gnuplot.
      try writePage()
      guard error.isForWantOfResults else { throw error }
      StandardError.write("left out: \(error)")
      tell("report: \(pagePath)")
    }
    return true
  }

  private var pagePath: String { "\(output.out)/report.html" }

  /// One page of the whole store, with the pictures that are there.
  private func writePage() throws {
    let facts = [
      PageFact(name: "Written by", value: "bench \(Version.current)"),
      PageFact(name: "Processor of this machine", value: Checkup.processor().finding),
      PageFact(
        name: "Memory", value: "\(ProcessInfo.processInfo.physicalMemory >> 30) GiB"),
      PageFact(name: "System", value: ProcessInfo.processInfo.operatingSystemVersionString),
      PageFact(name: "Matrix products", value: "OpenBLAS, " + Checkup.linearAlgebra().finding),
      PageFact(name: "Store", value: output.storePath),
    ]
    try report(of: store.scenarios(named: scope)).writePage(
      to: pagePath, charts: reporting.noCharts ? nil : "charts", facts: facts)
  }

  /// A line per scenario with its best optimizer and what its losses say of its runs.
  func winners(of records: [ScenarioRecord]) throws -> String {
    var table = TextTable(columns: [
      "scenario", "best", "metric", "median", "quartiles", "reached target", "diagnosis",
      "diverged",
    ])
    for record in records where !record.optimizers.isEmpty {
      let result = try store.result(of: record, trajectories: .none)
      let summaries = OptimizerSummary.all(of: result)
      guard let first = summaries.min(by: { $0.rank < $1.rank }) else { continue }
      let best = summaries.winners(of: record).map(\.optimizer)
      let diverged = summaries.filter { $0.diverged > 0 }.map {
        $0.count > 1 ? "\($0.optimizer) (\($0.diverged) of \($0.count))" : $0.optimizer
      }
      let reached = summaries.filter { ($0.successRate ?? 0) > 0 }.count
      table.add([
        record.name, best.isEmpty ? "-" : best.joined(separator: ", "),
        record.ranksBySteps ? "steps_to_target" : record.rankedBy.rawValue,
        Self.short(record.ranksBySteps ? first.medianStepsToTarget ?? .infinity : first.median),
        first.count > 1 && !record.ranksBySteps
          ? "\(Self.short(first.lowerQuartile)) … \(Self.short(first.upperQuartile))" : "-",
        record.target == nil ? "-" : "\(reached) of \(summaries.count)",
        Self.diagnosis(of: result, optimizer: best.first),
        diverged.isEmpty ? "-" : diverged.joined(separator: ", "),
      ])
    }
    return table.text
  }

  /// What is said of most of an optimizer's runs; of as many, what is said of the first.
  private static func diagnosis(of result: ScenarioResult, optimizer: String?) -> String {
    let found = result.runs.filter { $0.optimizer == optimizer }.compactMap {
      Diagnosis(of: $0.trial)
    }
    let counts = Dictionary(grouping: found, by: \.self).mapValues(\.count)
    let most = found.first { counts[$0] == counts.values.max() }
    return most?.rawValue ?? "-"
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : value.shortest
  }

  private func tell(_ message: String) {
    if !reporting.quiet { StandardError.write(message) }
  }
}
