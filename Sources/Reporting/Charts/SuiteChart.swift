import Analysis

/// A chart across scenarios, drawn from a comparison over the scenarios that all compared optimizers ran on. To add one, add a file in
/// this folder and a line in ``SuiteCharts``.
protocol SuiteChart: Sendable {
  /// Name of the files.
  var name: String { get }
  /// What it shows; the caption and the alternative text.
  var summary: String { get }
  /// What it says of these results, as a sentence.
  func takeaway(_ comparison: SuiteComparison) -> String?

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing
}

/// All charts across scenarios.
enum SuiteCharts {
  /// Folder next to those of the scenarios.
  static let folder = "suite"

  static let all: [any SuiteChart] = [
    RankMapChart(), CriticalDifferenceChart(), ProfileChart(), SuiteTargetsChart(), DuelsChart(),
  ]
}
