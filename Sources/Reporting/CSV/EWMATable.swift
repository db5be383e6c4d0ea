import Analysis
import Records

/// One row per smoothing factor and day; days count from 1.
enum EWMATable: CSVTable {
  static let file = "ewma.csv"
  static let columns = ["scenario", "beta", "day", "value", "average", "corrected"]

  static func write(_ analysis: ScenarioAnalysis, to writer: CSVWriter) throws(ReportError) {
    guard let smoothing = analysis.scenario.smoothing else { return }
    for average in smoothing.averages {
      for (index, value) in smoothing.values.enumerated() {
        try writer.row([
          .text(analysis.scenario.name), .number(average.beta), .integer(index + 1), .number(value),
          .number(average.average[index]), .number(average.corrected[index]),
        ])
      }
    }
  }
}
