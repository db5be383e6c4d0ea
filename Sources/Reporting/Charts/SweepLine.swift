import Records
import Statistics

/// One of the pictures above one another.
struct SweepPanel {
  var quantity: String
  /// What stands in the strip.
  var failure: String
  var isLogarithmic: Bool
  var largerIsBetter = false
  /// Of a run; infinite where it failed.
  var value: @Sendable (TrialRecord) -> Double
}

/// A series within a panel.
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
  /// Positions at which most runs failed.
  var failed: [Double]

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
        failed.append(point.position)
        continue
      }
      // A quartile that failed goes as far as the worst that did not.
      let finite = values.filter(\.isFinite)
      points.append(
        Point(
          position: point.position, median: middle,
          lower: max(quantile(0.25, ofSorted: values), finite[0]),
          upper: min(quantile(0.75, ofSorted: values), finite[finite.count - 1]),
          isNumber: point.isNumber))
    }
  }

  /// Neighbours on the scale are joined; what stands beside it is not.
  var pieces: [[[Double]]] {
    func row(_ point: Point) -> [Double] {
      [point.position, point.median, point.lower, point.upper]
    }
    return [points.filter(\.isNumber).map(row)] + points.filter { !$0.isNumber }.map { [row($0)] }
  }
}
