import Analysis
import Foundation
import Records
import Statistics

/// Charts across scenarios, each from a comparison over the scenarios that all compared optimizers ran on.
enum SuiteCharts {
  struct Kind: Sendable {
    var name: String
    var draw: @Sendable (SuiteComparison, [String: SeriesStyle]) throws(CannotDraw) -> Drawing
  }

  /// Folder next to those of the scenarios.
  static let folder = "suite"

  static let all = [
    Kind(name: "ranks", draw: RankMapChart.draw),
    Kind(name: "critical_difference", draw: CriticalDifferenceChart.draw),
    Kind(name: "profile", draw: ProfileChart.draw),
    Kind(name: "targets", draw: TargetsChart.draw),
    Kind(name: "duels", draw: DuelsChart.draw),
  ]

  /// What each chart shows; the caption and the alternative text.
  static func summary(of name: String) -> String {
    switch name {
    case "ranks": "rank of every optimizer in every scenario"
    case "critical_difference":
      "average ranks, with bars that join optimizers without a significant difference"
    case "profile":
      "performance profile: fraction of targets reached within a multiple of the fastest optimizer's steps"
    case "targets": "fraction of all targets reached within a number of evaluations"
    case "duels": "wins, ties and losses of every optimizer against every other one"
    default: name
    }
  }
}

extension SuiteComparison {
  /// Number of compared scenarios, with their names if there are few; the chart of ranks has them all.
  var scope: String {
    "\(scenarios.count) scenarios that all \(optimizers.count) optimizers ran on"
      + (scenarios.count <= 4 ? ": " + scenarios.joined(separator: ", ") : "")
  }
}
