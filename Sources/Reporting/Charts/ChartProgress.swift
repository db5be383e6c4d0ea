/// Progress of drawing charts.
package struct ChartProgress: Sendable {
  /// Finished charts, including this one.
  package var finished: Int
  package var total: Int
  /// `SCENARIO/NAME`
  package var chart: String
  /// Error of this chart, if it could not be drawn.
  package var failure: ReportError?
}

/// Outcome of drawing charts.
package struct DrawnCharts: Sendable, Equatable {
  package var drawn: Int
  /// Charts whose picture has the same script and data already.
  package var unchanged: Int
  /// Whether every chart was tried; false after a cancellation.
  package var isComplete: Bool

  enum Outcome: Sendable {
    case drawn
    case unchanged
    /// The results do not have what the chart shows.
    case leftOut
  }
}
