import Experiments
import Foundation
import Records
import Reporting

/// Writes what a store holds as files, and tells what it wrote.
struct ReportWriter {
  let store: Store
  let output: OutputOptions
  let reporting: ReportOptions
  /// Charts that are drawn at once.
  let jobs: Int
  let cancellation: CancellationFlag

  private func report(of records: [ScenarioRecord]) -> Report {
    let store = store
    return Report(scenarios: records) { try store.result(of: $0) }
  }

  /// Every scenario of the store, whichever was run last, unless some are named.
  func writeCSV(of names: [String]? = nil) throws {
    try report(of: store.scenarios(named: names)).writeCSV(to: "\(output.out)/csv")
  }

  /// The tables of the whole store and the charts of the scenarios named.
  ///
  /// - Returns: Whether every chart was tried: not if it was cancelled.
  func write(chartsOf names: [String], tablesOf tableNames: [String]? = nil) throws -> Bool {
    try writeCSV(of: tableNames)
    guard !reporting.noCharts else {
      tell("tables: \(output.out)/csv")
      return true
    }
    let records = try store.scenarios(named: names)
    let bar = !reporting.quiet && StandardError.isTerminal
    let cancellation = cancellation
    do {
      let drawn = try report(of: records).drawCharts(
        to: "\(output.out)/charts", jobs: jobs,
        isCancelled: { cancellation.isSet },
        progress: { progress in
          guard bar else { return }
          StandardError.redraw("charts \(progress.finished)/\(progress.total)  \(progress.chart)")
        })
      tell("tables: \(output.out)/csv; \(drawn) charts: \(output.out)/charts", after: bar)
      return drawn == records.reduce(0) { $0 + $1.charts.count }
    } catch {
      if bar { StandardError.redraw("") }
      // Ctrl-C on a terminal reaches gnuplot too, and what it then says is no failure of its own.
      if cancellation.isSet { return false }
      // Results that cannot fill a chart, because every run diverged at its start, are results all the same.
      guard let error = error as? ReportError, error.isForWantOfResults else { throw error }
      StandardError.write("left out: \(error)")
    }
    return true
  }

  /// A line per scenario with its best optimizer.
  func winners(of records: [ScenarioRecord]) throws -> String {
    var table = TextTable(columns: [
      "scenario", "best", "metric", "median", "reached target", "diverged",
    ])
    for record in records where !record.optimizers.isEmpty {
      let summaries = OptimizerSummary.all(of: try store.result(of: record))
      guard let first = summaries.min(by: { $0.rank < $1.rank }) else { continue }
      let best = summaries.filter { $0.rank == first.rank && $0.median.isFinite }.map(\.optimizer)
      let diverged = summaries.filter { $0.diverged > 0 }.map(\.optimizer)
      let reached = summaries.filter { ($0.successRate ?? 0) > 0 }.count
      table.add([
        record.name, best.isEmpty ? "-" : best.joined(separator: ", "), record.rankedBy.rawValue,
        Self.short(first.median),
        record.target == nil ? "-" : "\(reached) of \(summaries.count)",
        diverged.isEmpty ? "-" : diverged.joined(separator: ", "),
      ])
    }
    return table.text
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : value.shortest
  }

  /// - Parameter bar: whether a bar stands in the line that the message goes to.
  private func tell(_ message: String, after bar: Bool = false) {
    if bar { StandardError.redraw("") }
    if !reporting.quiet { StandardError.write(message) }
  }
}
