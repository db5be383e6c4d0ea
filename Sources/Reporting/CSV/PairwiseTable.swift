import Analysis
import Records
import Statistics

/// One row per pair of optimizers in a scenario with at least two seeds, over their common seeds.
///
/// On a surface that one of both solved, pairs are compared by evaluations until then, infinite for runs that did not solve it.
///
/// A positive difference or effect means that `optimizer` has the larger metric; `larger_is_better` says whether that is
/// good. P values are from Wilcoxon's signed-rank test, adjusted by Holm's method within the scenario. `least_holm_p_value`
/// is the smallest that these numbers of seeds could give.
enum PairwiseTable: CSVTable {
  static let file = "pairwise.csv"
  static let columns = [
    "scenario", "optimizer", "other", "metric", "larger_is_better", "pairs", "wins", "ties",
    "losses", "median_difference", "wilcoxon_p_value", "holm_p_value", "cliffs_delta",
    "cliffs_delta_low", "cliffs_delta_high", "hedges_g", "hedges_g_low", "hedges_g_high",
    "least_holm_p_value", "seeds_needed", "log_rank_p_value", "log_rank_holm_p_value",
  ]

  static func write(_ analysis: ScenarioAnalysis, to writer: CSVWriter) throws(ReportError) {
    let scenario = analysis.scenario
    let metric = scenario.rankedBy
    let basis = analysis.ranking.basis.name(in: scenario)
    let needed = analysis.reach?.pairsNeeded
    for pair in analysis.pairs {
      try writer.row([
        .text(scenario.name), .text(pair.optimizer), .text(pair.other),
        .text(pair.isByEvaluations ? basis : metric.rawValue),
        .text(!pair.isByEvaluations && metric.largerIsBetter ? "true" : "false"),
        .integer(pair.pairs),
        .integer(pair.score.wins), .integer(pair.score.ties), .integer(pair.score.losses),
        .number(pair.medianDifference), .number(pair.pValue), .number(pair.adjustedPValue),
        .number(pair.cliffsDelta?.value), .number(pair.cliffsDelta?.interval.lowerBound),
        .number(pair.cliffsDelta?.interval.upperBound), .number(pair.hedgesG?.value),
        .number(pair.hedgesG?.interval.lowerBound), .number(pair.hedgesG?.interval.upperBound),
        .number(pair.leastAdjustedPValue), .integer(needed), .number(pair.logRankPValue),
        .number(pair.adjustedLogRankPValue),
      ])
    }
  }
}
