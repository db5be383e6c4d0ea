import Analysis
import Foundation
import Records
import Reporting
import Text

/// A line per scenario with its best optimizer and what its losses say of its runs.
struct ResultTable {
  private let digests: [ScenarioDigest]

  init(_ digests: [ScenarioDigest]) { self.digests = digests }

  /// `nil` if no scenario compares optimizers.
  var text: String? {
    var table = TextTable(columns: [
      "scenario", "best", "metric", "median", "quartiles", "reached target", "diagnosis",
      "diverged",
    ])
    var hasRows = false
    for digest in digests {
      let record = digest.scenario
      let summaries = digest.summaries
      guard let first = summaries.min(by: { $0.rank < $1.rank }) else { continue }
      let best = digest.best
      let basis = digest.basis
      let reached = summaries.filter { ($0.successRate ?? 0) > 0 }.count
      hasRows = true
      table.add([
        record.name, best?.text(in: record) ?? Self.only(summaries), basis.name(in: record),
        Self.short(
          basis == .metric ? first.median : first.evaluationsToSolve ?? .infinity),
        // Those that tie have the same median, but not the same quartiles.
        first.count > 1 && basis == .metric && (best?.first.count ?? 1) == 1
          ? "\(Self.short(first.lowerQuartile)) … \(Self.short(first.upperQuartile))" : "-",
        record.target == nil ? "-" : "\(reached) of \(summaries.count)",
        // A fault is no news of the best optimizer.
        best?.first.first.flatMap { digest.diagnoses[$0] }
          .flatMap { $0.isFault ? nil : $0.rawValue } ?? "-",
        Self.diverged(summaries),
      ])
    }
    return hasRows ? table.text : nil
  }

  /// What is best where a single optimizer ran.
  private static func only(_ summaries: [OptimizerSummary]) -> String {
    summaries.count == 1 && summaries[0].hasResult
      ? "\(summaries[0].optimizer) (the only one)" : "-"
  }

  /// More names than this are counted instead.
  private static let namesShown = 5

  private static func diverged(_ summaries: [OptimizerSummary]) -> String {
    let diverged = summaries.filter { $0.diverged > 0 }
    if diverged.count > namesShown { return "\(diverged.count) of \(summaries.count)" }
    return diverged.isEmpty
      ? "-"
      : diverged.map {
        $0.count > 1 ? "\($0.optimizer) (\($0.diverged) of \($0.count))" : $0.optimizer
      }.joined(separator: ", ")
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : "-"
  }
}
