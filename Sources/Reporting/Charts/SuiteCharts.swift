import Analysis
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
    Kind(name: "targets", draw: TargetsChart.draw),
    Kind(name: "duels", draw: DuelsChart.draw),
  ]

  /// What each chart shows, for whoever cannot see it.
  static func summary(of name: String) -> String {
    switch name {
    case "ranks": "rank of every optimizer in every scenario"
    case "critical_difference":
      "average ranks, with bars over those that the data cannot tell apart"
    case "profile": "share of targets reached within a multiple of the best optimizer's steps"
    case "targets": "share of many targets of all scenarios reached, by evaluations"
    case "duels": "wins, ties and losses of every optimizer against every other"
    default: name
    }
  }
}

extension SuiteComparison {
  /// How many scenarios are compared; their names too where they fit, else the map of ranks has them.
  var scope: String {
    "\(scenarios.count) scenarios in which all \(optimizers.count) took part"
      + (scenarios.count <= 4 ? ": " + scenarios.joined(separator: ", ") : "")
  }
}
