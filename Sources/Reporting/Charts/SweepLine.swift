import Records
import Statistics

/// One of the stacked panels of a sweep chart.
struct SweepPanel {
  var quantity: String
  /// Label of the strip of failed runs: where all runs of its marks failed, and where at least half did.
  var failure: (all: String, most: String)
  var isLogarithmic: Bool
  var largerIsBetter = false
  /// Value of a run; infinite where it failed.
  var value: @Sendable (TrialRecord) -> Double
}

/// A series in a panel.
struct SweepLine {
  struct Point {
    var position: Double
    var median: Double
    var lower: Double
    var upper: Double
    var isNumber: Bool
  }

  var label: String
  var style: SeriesStyle
  var points: [Point]
  /// Positions at which at least half of the runs failed.
  var failed: [(position: Double, isAll: Bool)]

  init(_ series: Sweep.Series, style: SeriesStyle, _ panel: SweepPanel, _ result: ScenarioResult) {
    label = series.label
    self.style = style
    points = []
    failed = []
    for point in series.points {
      let values = result.runs.filter { $0.optimizer == point.label }
        .map { panel.value($0.trial) }.sorted()
      guard !values.isEmpty else { continue }
      let middle = quantile(0.5, ofSorted: values)
      guard middle.isFinite else {
        failed.append((point.position, values.allSatisfy { !$0.isFinite }))
        continue
      }
      // A quartile of failed runs ends at the worst finite value.
      let finite = values.filter(\.isFinite)
      points.append(
        Point(
          position: point.position, median: middle,
          lower: max(quantile(0.25, ofSorted: values), finite[0]),
          upper: min(quantile(0.75, ofSorted: values), finite[finite.count - 1]),
          isNumber: point.isNumber))
    }
  }

  /// Neighboring numbers are joined; other values are not.
  var pieces: [[[Double]]] {
    func row(_ point: Point) -> [Double] {
      [point.position, point.median, point.lower, point.upper]
    }
    return [points.filter(\.isNumber).map(row)] + points.filter { !$0.isNumber }.map { [row($0)] }
  }
}
