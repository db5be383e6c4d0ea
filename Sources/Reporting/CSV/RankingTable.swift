import Analysis
import Records
import Statistics

/// A file with results across scenarios.
protocol SuiteTable: SendableMetatype {
  static var file: String { get }
  static var columns: [String] { get }
  static func write(_ comparison: SuiteComparison, to writer: CSVWriter) throws(ReportError)
}

/// One row per optimizer, best average rank first; optimizers in too few scenarios follow without a rank.
enum RankingTable: SuiteTable {
  static let file = "ranking.csv"
  static let columns = [
    "optimizer", "participations", "scenarios", "average_rank", "wins", "ties", "losses",
    "scenarios_with_target", "algoperf_score", "unstable_pairs", "friedman_p_value",
    "critical_difference", "ranked_scenarios", "skillings_mack_p_value", "among_best", "settings",
  ]

  static func write(_ comparison: SuiteComparison, to writer: CSVWriter) throws(ReportError) {
    let design = comparison.design
    let ranks = comparison.averageRanks
    let matrix = comparison.winTieLoss
    let stability = comparison.stability
    let friedman = comparison.friedman?.fPValue
    let skillingsMack = comparison.skillingsMack?.pValue
    let difference = comparison.criticalDifference
    let coverage = comparison.coverage
    let best = Set(comparison.best)
    for (index, optimizer) in comparison.optimizers.enumerated() {
      let others = matrix[index].indices.filter { $0 != index }.map { matrix[index][$0] }
      try writer.row([
        .text(optimizer), .integer(design.participations[optimizer]),
        .integer(coverage[index]), .number(ranks[index]),
        .integer(others.reduce(0) { $0 + $1.wins }), .integer(others.reduce(0) { $0 + $1.ties }),
        .integer(others.reduce(0) { $0 + $1.losses }), .integer(comparison.scenariosWithTarget),
        .number(comparison.profile?.algoPerfScore(solver: index)),
        .integer(stability.unstablePairs(of: index)), .number(friedman), .number(difference),
        .integer(comparison.scenarios.count), .number(skillingsMack),
        .flag(best.contains(optimizer)), .text(comparison.settings[index].words),
      ])
    }
    for unranked in design.unranked {
      try writer.row(
        [.text(unranked.optimizer), .integer(design.participations[unranked.optimizer])]
          + Array(repeating: .empty, count: columns.count - 2))
    }
  }
}

/// One row per pair of ranked optimizers over the scenarios that both ran in: Wilcoxon's test on relative ranks, adjusted by Holm's
/// method, and Nemenyi's test.
enum RankingPairsTable: SuiteTable {
  static let file = "ranking_pairs.csv"
  static let columns = [
    "optimizer", "other", "scenarios", "wins", "ties", "losses", "rank_difference",
    "wilcoxon_p_value", "holm_p_value", "nemenyi_p_value", "least_holm_p_value",
    "scenarios_needed",
  ]

  static func write(_ comparison: SuiteComparison, to writer: CSVWriter) throws(ReportError) {
    let reach = comparison.reach
    for pair in comparison.pairs {
      try writer.row([
        .text(pair.optimizer), .text(pair.other), .integer(pair.scenarios),
        .integer(pair.score.wins), .integer(pair.score.ties), .integer(pair.score.losses),
        .number(pair.rankDifference), .number(pair.wilcoxonPValue), .number(pair.holmPValue),
        .number(pair.nemenyiPValue), .number(pair.leastHolmPValue), .integer(reach?.pairsNeeded),
      ])
    }
  }
}

/// Steps of every optimizer's performance profile of the evaluations to the target, up to four times the fewest.
enum ProfilesTable: SuiteTable {
  static let file = "profiles.csv"
  static let columns = ["optimizer", "factor", "share"]

  static func write(_ comparison: SuiteComparison, to writer: CSVWriter) throws(ReportError) {
    guard let profile = comparison.profile else { return }
    for (index, optimizer) in comparison.optimizers.enumerated() {
      for step in profile.steps(solver: index) {
        try writer.row([.text(optimizer), .number(step.factor), .number(step.share)])
      }
    }
  }
}
