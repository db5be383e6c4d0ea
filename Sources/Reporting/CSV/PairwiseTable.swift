import Analysis
import Records
import Statistics

/// One row per pair of optimizers in a scenario with at least two seeds, over their common seeds.
///
/// On a surface without a minimum, pairs are compared by their steps to the target, infinite if it was not reached.
///
/// A positive difference or effect means that `optimizer` has the larger metric; `larger_is_better` says whether that is
/// good. P values are from Wilcoxon's signed-rank test, adjusted by Holm's method within the scenario. Few seeds cannot be
/// significant: with five, the smallest p value is 1/16.
enum PairwiseTable: CSVTable {
  static let file = "pairwise.csv"
  static let columns = [
    "scenario", "optimizer", "other", "metric", "larger_is_better", "pairs", "wins", "ties",
    "losses", "median_difference", "wilcoxon_p_value", "holm_p_value", "cliffs_delta",
    "cliffs_delta_low", "cliffs_delta_high", "hedges_g", "hedges_g_low", "hedges_g_high",
  ]

  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError) {
    let metric = result.scenario.rankedBy
    let steps = result.scenario.ranksBySteps ? result.scenario.target : nil
    var outcomes: [String: [Int: Double]] = [:]
    for run in result.runs {
      outcomes[run.optimizer, default: [:]][run.seed] =
        steps.map { run.trial.steps(to: $0).map(Double.init) ?? .infinity }
        ?? run.trial.outcome(of: metric)
    }
    let labels = result.scenario.optimizers.map(\.label)
    var pairs: [SeedPairs] = []
    for (index, first) in labels.enumerated() {
      for second in labels[(index + 1)...] {
        if let pair = SeedPairs(first, second, outcomes) { pairs.append(pair) }
      }
    }
    let sign = metric.largerIsBetter ? -1.0 : 1
    let tests = pairs.map { WilcoxonTest($0.own, $0.others).pValue }
    for (pair, (test, adjusted)) in zip(pairs, zip(tests, holmAdjusted(tests))) {
      let score = WinTieLoss(pair.own.map { sign * $0 }, pair.others.map { sign * $0 })
      let delta = cliffsDelta(pair.own, pair.others)
      let g = hedgesG(pair.own, pair.others)
      try writer.row([
        .text(result.scenario.name), .text(pair.optimizer), .text(pair.other),
        .text(steps == nil ? metric.rawValue : "steps_to_target"),
        .text(metric.largerIsBetter ? "true" : "false"),
        .integer(pair.own.count), .integer(score.wins), .integer(score.ties),
        .integer(score.losses),
        .number(median(of: zip(pair.own, pair.others).map(pairedDifference))), .number(test),
        .number(adjusted), .number(delta?.value), .number(delta?.interval.lowerBound),
        .number(delta?.interval.upperBound), .number(g?.value), .number(g?.interval.lowerBound),
        .number(g?.interval.upperBound),
      ])
    }
  }
}

/// Results of two optimizers with the same seeds.
private struct SeedPairs {
  var optimizer: String
  var other: String
  var own: [Double]
  var others: [Double]

  /// - Returns: `nil` for fewer than two common seeds.
  init?(_ first: String, _ second: String, _ outcomes: [String: [Int: Double]]) {
    guard let left = outcomes[first], let right = outcomes[second] else { return nil }
    let seeds = left.keys.filter { right[$0] != nil }.sorted()
    guard seeds.count >= 2 else { return nil }
    optimizer = first
    other = second
    own = seeds.compactMap { left[$0] }
    others = seeds.compactMap { right[$0] }
  }
}
