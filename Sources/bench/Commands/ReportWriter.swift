import Experiments
import Foundation
import Records
import Reporting

/// Writes what a store holds as files, and tells what it wrote.
struct ReportWriter {
  let store: Store
  let output: OutputOptions
  let cancellation: CancellationFlag

  private func report(of records: [ScenarioRecord]) -> Report {
    let store = store
    return Report(scenarios: records) { try store.result(of: $0) }
  }

  /// Every scenario of the store, whichever was run last: the tables always tell the whole store.
  func writeCSV() throws {
    try report(of: store.scenarios()).writeCSV(to: "\(output.out)/csv")
  }

  /// The tables of the whole store and the charts of the scenarios named.
  func write(chartsOf names: [String]) throws {
    try writeCSV()
    guard !output.noCharts else {
      tell("tables: \(output.out)/csv")
      return
    }
    let records = try store.scenarios().filter { names.contains($0.name) }
    let bar = !output.quiet && StandardError.isTerminal
    let cancellation = cancellation
    do {
      try report(of: records).drawCharts(
        to: "\(output.out)/charts", jobs: ProcessInfo.processInfo.activeProcessorCount,
        isCancelled: { cancellation.isSet },
        progress: { progress in
          guard bar else { return }
          StandardError.writeRaw(
            "\rcharts \(progress.finished)/\(progress.total)  \(progress.chart)\u{1B}[K")
        })
    } catch {
      if bar { StandardError.writeRaw("\r\u{1B}[K") }
      // Ctrl-C on a terminal reaches gnuplot too, and what it then says is no failure of its own.
      if cancellation.isSet { return }
      throw error
    }
    if bar { StandardError.writeRaw("\r\u{1B}[K") }
    let charts = records.reduce(0) { $0 + $1.charts.count }
    tell("tables: \(output.out)/csv; \(charts) charts: \(output.out)/charts")
  }

  /// A line per scenario with its best optimizer.
  func winners(of records: [ScenarioRecord]) throws -> String {
    var table = TextTable(columns: [
      "scenario", "best", "metric", "median", "reached target", "diverged",
    ])
    for record in records where !record.optimizers.isEmpty {
      let summaries = OptimizerSummary.all(of: try store.result(of: record))
      guard let best = summaries.min(by: { $0.rank < $1.rank }) else { continue }
      let diverged = summaries.filter { $0.diverged > 0 }.map(\.optimizer)
      let reached = summaries.filter { ($0.successRate ?? 0) > 0 }.count
      table.add([
        record.name, best.optimizer, record.rankedBy.rawValue, Self.short(best.median),
        record.target == nil ? "-" : "\(reached) of \(summaries.count)",
        diverged.isEmpty ? "-" : diverged.joined(separator: ", "),
      ])
    }
    return table.text
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : value.shortest
  }

  private func tell(_ message: String) {
    if !output.quiet { StandardError.write(message) }
  }
}
