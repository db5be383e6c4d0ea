import Analysis
import Records
import Statistics

/// One row per surface, precision and optimizer, and one per target and optimizer: what it took to solve it.
enum PrecisionsTable: CSVTable {
  static let file = "precisions.csv"
  static let columns = [
    "scenario", "precision", "optimizer", "bound", "lowest", "lowest_is_known", "n", "solved",
    "median_evaluations", "expected_evaluations",
  ]

  static func write(_ analysis: ScenarioAnalysis, to writer: CSVWriter) throws(ReportError) {
    for one in analysis.solving {
      let attempts = one.attempts
      let precision: CSVField =
        switch one.goal {
        case .target: .text("target")
        case .precision(let precision): .number(precision)
        }
      try writer.row([
        .text(analysis.scenario.name), precision, .text(one.optimizer), .number(one.bound),
        .number(one.lowest?.value), .flag(one.lowest?.isKnown), .integer(attempts.efforts.count),
        .integer(attempts.successes), .number(attempts.medianEffort),
        .number(attempts.expectedRunningTime),
      ])
    }
  }
}
