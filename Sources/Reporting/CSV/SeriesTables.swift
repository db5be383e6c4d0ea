import Records
import Text

/// A file with a row per recorded point of every run: millions of rows for thousands of runs.
protocol SeriesTable: SendableMetatype {
  static var file: String { get }
  static var columns: [String] { get }
  static func write(
    _ run: ScenarioResult.Run, of scenario: ScenarioRecord, to rows: inout CSVRows)
}

/// One row per recorded point of every metric.
enum CurvesTable: SeriesTable {
  static let file = "curves.csv"
  static let columns = ["scenario", "optimizer", "seed", "step", "epoch", "metric", "value"]

  static func write(
    _ run: ScenarioResult.Run, of scenario: ScenarioRecord, to rows: inout CSVRows
  ) {
    let prefix = run.prefix(in: scenario)
    for curve in run.trial.curves {
      let metric = Array("\(CSVText.quoted(curve.name)),".utf8)
      for index in curve.values.indices {
        rows.append(raw: prefix)
        rows.append(curve.steps[index])
        rows.appendComma()
        if let epochs = curve.epochs { rows.append(epochs[index]) }
        rows.appendComma()
        rows.append(raw: metric)
        rows.append(curve.values[index])
        rows.endRow()
      }
    }
  }
}

/// One row per recorded point of a path.
enum TrajectoriesTable: SeriesTable {
  static let file = "trajectories.csv"
  static let columns = ["scenario", "optimizer", "seed", "step", "x", "y", "loss"]

  static func write(
    _ run: ScenarioResult.Run, of scenario: ScenarioRecord, to rows: inout CSVRows
  ) {
    guard let path = run.trial.trajectory else { return }
    let prefix = run.prefix(in: scenario)
    for (index, step) in path.steps.enumerated() {
      rows.append(raw: prefix)
      rows.append(step)
      for column in [path.x, path.y, path.loss] {
        rows.appendComma()
        rows.append(column[index])
      }
      rows.endRow()
    }
  }
}

extension ScenarioResult.Run {
  /// First fields of each row of the run.
  fileprivate func prefix(in scenario: ScenarioRecord) -> [UInt8] {
    Array("\(CSVText.quoted(scenario.name)),\(CSVText.quoted(optimizer)),\(seed),".utf8)
  }
}
