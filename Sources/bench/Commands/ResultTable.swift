import Analysis
import Foundation
import Records
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
      let best = digest.winners.map(\.optimizer)
      let diverged = summaries.filter { $0.diverged > 0 }.map {
        $0.count > 1 ? "\($0.optimizer) (\($0.diverged) of \($0.count))" : $0.optimizer
      }
      let reached = summaries.filter { ($0.successRate ?? 0) > 0 }.count
      hasRows = true
      table.add([
        record.name, best.isEmpty ? "-" : best.joined(separator: ", "),
        record.ranksBySteps ? "steps_to_target" : record.rankedBy.rawValue,
        Self.short(record.ranksBySteps ? first.medianStepsToTarget ?? .infinity : first.median),
        first.count > 1 && !record.ranksBySteps
          ? "\(Self.short(first.lowerQuartile)) … \(Self.short(first.upperQuartile))" : "-",
        record.target == nil ? "-" : "\(reached) of \(summaries.count)",
        // A fault is no news of the best optimizer.
        best.first.flatMap { digest.diagnoses[$0] }.flatMap { $0.isFault ? nil : $0.rawValue }
          ?? "-",
        diverged.isEmpty ? "-" : diverged.joined(separator: ", "),
      ])
    }
    return hasRows ? table.text : nil
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : "-"
  }
}
