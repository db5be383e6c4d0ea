/// How far the drawing of charts is.
package struct ChartProgress: Sendable {
  /// Charts that are finished, this one included.
  package var finished: Int
  package var total: Int
  /// `SCENARIO/NAME`
  package var chart: String
  /// Why this one is missing, if it is.
  package var failure: ReportError?
}

/// What came of drawing charts.
package struct DrawnCharts: Sendable, Equatable {
  package var drawn: Int
  /// Whether every chart was tried: not if it was cancelled.
  package var isComplete: Bool
}
