import Records
package import Statistics

/// Comparison of two optimizers of a scenario over their common seeds.
///
/// On a surface without a minimum, pairs are compared by their steps to the target, infinite if it was not reached. A positive
/// difference or effect means that `optimizer` has the larger values.
package struct PairwiseComparison: Sendable, Equatable {
  package let optimizer: String
  package let other: String
  /// Number of common seeds.
  package let pairs: Int
  package let score: WinTieLoss
  package let medianDifference: Double
  /// P value of Wilcoxon's signed-rank test.
  package let pValue: Double
  /// P value adjusted by Holm's method within the scenario.
  package private(set) var adjustedPValue: Double
  /// Least adjusted p value that any results of these numbers of seeds could have.
  package private(set) var leastAdjustedPValue: Double
  package let cliffsDelta: EffectSize?
  package let hedgesG: EffectSize?

  /// One per pair of optimizers with at least two common seeds, in the scenario's order.
  static func all(
    of groups: [ScenarioAnalysis.Group], in scenario: ScenarioRecord
  ) -> [PairwiseComparison] {
    let outcomes = groups.map { group in
      Dictionary(
        zip(group.seeds, group.outcomes).map { seed, outcome in
          (seed, scenario.ranksBySteps ? outcome.stepsOrInfinity : outcome.value)
        }, uniquingKeysWith: { $1 })
    }
    var comparisons: [PairwiseComparison] = []
    for first in groups.indices {
      for second in groups.indices.dropFirst(first + 1) {
        let seeds = outcomes[first].keys.filter { outcomes[second][$0] != nil }.sorted()
        guard seeds.count >= 2 else { continue }
        comparisons.append(
          PairwiseComparison(
            groups[first].optimizer, groups[second].optimizer,
            seeds.compactMap { outcomes[first][$0] }, seeds.compactMap { outcomes[second][$0] },
            metric: scenario.rankedBy))
      }
    }
    for (index, adjusted) in holmAdjusted(comparisons.map(\.pValue)).enumerated() {
      comparisons[index].adjustedPValue = adjusted
    }
    let least = WilcoxonTest.leastAttainablePValues(pairs: comparisons.map(\.pairs))
    for index in comparisons.indices { comparisons[index].leastAdjustedPValue = least[index] }
    return comparisons
  }

  private init(
    _ optimizer: String, _ other: String, _ own: [Double], _ others: [Double], metric: Metric
  ) {
    self.optimizer = optimizer
    self.other = other
    pairs = own.count
    score = WinTieLoss(own.map(metric.cost), others.map(metric.cost))
    medianDifference = median(of: zip(own, others).map(pairedDifference))
    pValue = WilcoxonTest(own, others).pValue
    adjustedPValue = pValue
    leastAdjustedPValue = WilcoxonTest.leastAttainablePValue(pairs: own.count)
    cliffsDelta = Statistics.cliffsDelta(own, others)
    hedgesG = Statistics.hedgesG(own, others)
  }
}
