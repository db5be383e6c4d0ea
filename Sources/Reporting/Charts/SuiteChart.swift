import Analysis

/// A chart about all scenarios together, drawn from a comparison of those that the same optimizers took part in.
protocol SuiteChart: Sendable {
  /// The name of the files.
  var name: String { get }
  /// What it shows, for those who cannot see it.
  var summary: String { get }

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing
}

/// Every such chart.
enum SuiteCharts {
  /// The folder beside those of the scenarios.
  static let folder = "suite"

  static let all: [any SuiteChart] = [
    RankMapChart(), CriticalDifferenceChart(), ProfileChart(), SuiteTargetsChart(), DuelsChart(),
  ]
}
