import Foundation
import Records
import Statistics

/// Charts about all scenarios together, each from a comparison of those that the same optimizers took part in.
enum SuiteCharts {
  struct Kind: Sendable {
    var name: String
    var draw: @Sendable (SuiteComparison, [String: SeriesStyle]) throws(CannotDraw) -> Drawing
  }

  /// The folder beside those of the scenarios.
  static let folder = "suite"

  static let all = [
    Kind(name: "ranks", draw: RankMapChart.draw),
    Kind(name: "critical_difference", draw: CriticalDifferenceChart.draw),
    Kind(name: "profile", draw: ProfileChart.draw),
    Kind(name: "duels", draw: DuelsChart.draw),
  ]

  /// What each chart shows, for whoever cannot see it.
  static func summary(of name: String) -> String {
    switch name {
    case "ranks": "rank of every optimizer in every scenario"
    case "critical_difference":
      "average ranks, with bars over those that the data cannot tell apart"
    case "profile": "share of targets reached within a multiple of the best optimizer's steps"
    case "duels": "wins, ties and losses of every optimizer against every other"
    default: name
    }
  }
}

extension Report {
  /// Draws the charts over all scenarios into `folder/suite/`, if there are two scenarios with two optimizers in common.
  /// - Returns: How many were drawn.
  /// - Throws: `ReportError`, or what loading throws.
  @discardableResult
  public func drawSuiteCharts(
    to folder: String, format: ChartFormat = .png, gnuplot: String? = nil
  ) throws -> Int {
    let standings = try scenarios.compactMap {
      ScenarioStanding(of: try source.result(of: $0, trajectories: .none))
    }
    let comparison = SuiteComparison(standings)
    guard comparison.optimizers.count >= 2, comparison.scenarios.count >= 2 else { return 0 }
    let participants = comparison.optimizers.map {
      Participant(label: $0, rule: $0, hyperparameters: [:])
    }
    let styles = Palette.styles(of: participants)
    let renderer = ChartRenderer(
      gnuplot: gnuplot.map(Gnuplot.init) ?? .standard, format: format)
    var drawn = 0
    for kind in SuiteCharts.all {
      let drawing: Drawing
      do throws(CannotDraw) { drawing = try kind.draw(comparison, styles) } catch { continue }
      try renderer.render(
        drawing, chart: "\(SuiteCharts.folder)/\(kind.name)",
        into: "\(folder)/\(SuiteCharts.folder)")
      drawn += 1
    }
    return drawn
  }
}

extension SuiteComparison {
  /// `over 8 scenarios: beale, …`
  var scope: String {
    "\(scenarios.count) scenarios in which all \(optimizers.count) took part: "
      + scenarios.joined(separator: ", ")
  }
}
