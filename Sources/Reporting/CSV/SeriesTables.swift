import Records

/// One row per recorded point of every metric.
enum CurvesTable: CSVTable {
  static let file = "curves.csv"
  static let columns = ["scenario", "optimizer", "seed", "step", "epoch", "metric", "value"]

  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError) {
    for run in result.runs {
      let prefix = CSVWriter.prefix(result.scenario.name, run)
      for curve in run.trial.curves {
        let metric = CSVText.quoted(curve.name) + ","
        for (index, value) in curve.values.enumerated() {
          let epoch = curve.epochs.map { String($0[index]) } ?? ""
          try writer.row(
            prefix: prefix, step: curve.steps[index], middle: "\(epoch),\(metric)",
            numbers: (value, nil, nil))
        }
      }
    }
  }
}

/// One row per recorded point of a path.
enum TrajectoriesTable: CSVTable {
  static let file = "trajectories.csv"
  static let columns = ["scenario", "optimizer", "seed", "step", "x", "y", "loss"]

  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError) {
    for run in result.runs {
      guard let path = run.trial.trajectory else { continue }
      let prefix = CSVWriter.prefix(result.scenario.name, run)
      for (index, step) in path.steps.enumerated() {
        try writer.row(
          prefix: prefix, step: step,
          numbers: (path.x[index], path.y[index], path.loss[index]))
      }
    }
  }
}

/// One row per smoothing factor and day; days count from 1.
enum EWMATable: CSVTable {
  static let file = "ewma.csv"
  static let columns = ["scenario", "beta", "day", "value", "average", "corrected"]

  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError) {
    guard let smoothing = result.scenario.smoothing else { return }
    for average in smoothing.averages {
      for (index, value) in smoothing.values.enumerated() {
        try writer.row([
          .text(result.scenario.name), .number(average.beta), .integer(index + 1), .number(value),
          .number(average.average[index]), .number(average.corrected[index]),
        ])
      }
    }
  }
}
