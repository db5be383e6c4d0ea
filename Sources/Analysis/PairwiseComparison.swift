import Records
package import Statistics

/// Comparison of two optimizers of a scenario over their common seeds.
///
/// On a surface, pairs are compared by their evaluations until it was solved, infinite if it was not, as soon as one run of both
/// solved it (``ScenarioRanking``); otherwise by the scenario's metric. A positive difference or effect means that `optimizer` has the
/// larger values.
package struct PairwiseComparison: Sendable, Equatable {
  package let optimizer: String
  package let other: String
  /// Whether evaluations are compared, and not the scenario's metric.
  package let isByEvaluations: Bool
  /// Number of common seeds.
  package let pairs: Int
  package let score: WinTieLoss
  package let medianDifference: Double
  /// Which of both has the better values by signed ranks, whether or not the difference is significant; `nil` if neither.
  package let better: String?
  /// P value of Wilcoxon's signed-rank test.
  package let pValue: Double
  /// P value adjusted by Holm's method within the scenario.
  package private(set) var adjustedPValue: Double
  /// Least adjusted p value that any results of these numbers of seeds could have.
  package private(set) var leastAdjustedPValue: Double
  /// P value of the log-rank test on the evaluations until the target, or until the surface was solved, of which runs that missed it
  /// show only a lower bound; `nil` without a target.
  package let logRankPValue: Double?
  /// The same, adjusted by Holm's method within the scenario.
  package private(set) var adjustedLogRankPValue: Double?
  package let cliffsDelta: EffectSize?
  package let hedgesG: EffectSize?

  /// The better of both if the difference is significant; `nil` otherwise.
  var winner: String? { adjustedPValue < TestReach.significance ? better : nil }
  /// Whether any results of these numbers of seeds could be significant.
  var canReject: Bool { leastAdjustedPValue < TestReach.significance }

  /// One per pair of optimizers with at least two common seeds, in the scenario's order.
  static func all(
    of groups: [ScenarioAnalysis.Group], _ ranking: ScenarioRanking, in scenario: ScenarioRecord
  ) -> [PairwiseComparison] {
    let outcomes = groups.map { $0.outcomes.map(\.value) }
    let times = groups.indices.map { Self.times(of: groups[$0], ranking, $0, in: scenario) }
    let places = groups.map { SeedPlaces($0.seeds) }
    let repeated = groups.indices.filter { places[$0].count >= 2 }
    var comparisons: [PairwiseComparison] = []
    for (rank, first) in repeated.enumerated() {
      for second in repeated.dropFirst(rank + 1) {
        let shared = places[first].shared(with: places[second])
        guard shared.count >= 2 else { continue }
        let values = ranking.compared(first, second, outcomes: outcomes)
        comparisons.append(
          PairwiseComparison(
            groups[first].optimizer, groups[second].optimizer,
            shared.map { values.first[$0.own] }, shared.map { values.second[$0.other] },
            metric: values.isEvaluations ? .loss : scenario.rankedBy,
            isByEvaluations: values.isEvaluations,
            logRank: LogRankTest(times[first], times[second])?.pValue))
      }
    }
    adjust(&comparisons)
    return comparisons
  }

  private static func adjust(_ comparisons: inout [PairwiseComparison]) {
    let adjusted = holmAdjusted(comparisons.map(\.pValue))
    let least = WilcoxonTest.leastAttainablePValues(pairs: comparisons.map(\.pairs))
    let timed = comparisons.indices.filter { comparisons[$0].logRankPValue != nil }
    let adjustedTimes = holmAdjusted(timed.compactMap { comparisons[$0].logRankPValue })
    for index in comparisons.indices {
      comparisons[index].adjustedPValue = adjusted[index]
      comparisons[index].leastAdjustedPValue = least[index]
    }
    for (index, value) in zip(timed, adjustedTimes) {
      comparisons[index].adjustedLogRankPValue = value
    }
  }

  /// Evaluations of each run until it reached what counts as success; empty where nothing does.
  private static func times(
    of group: ScenarioAnalysis.Group, _ ranking: ScenarioRanking, _ place: Int,
    in scenario: ScenarioRecord
  ) -> [LogRankTest.Time] {
    if !ranking.efforts.isEmpty {
      let attempts = ranking.efforts[place].attempts
      return zip(attempts.efforts, attempts.spent).map {
        LogRankTest.Time($0 ?? $1, isEvent: $0 != nil)
      }
    }
    guard let target = scenario.target else { return [] }
    return zip(group.trials, group.outcomes).map { trial, outcome in
      guard let steps = outcome.stepsToTarget else {
        return LogRankTest.Time(trial.totalEvaluations, isEvent: false)
      }
      return LogRankTest.Time(
        trial.countedEvaluations(by: Double(steps), of: target.metric), isEvent: true)
    }
  }

  private init(
    _ optimizer: String, _ other: String, _ own: [Double], _ others: [Double], metric: Metric,
    isByEvaluations: Bool, logRank: Double?
  ) {
    self.optimizer = optimizer
    self.other = other
    self.isByEvaluations = isByEvaluations
    pairs = own.count
    score = WinTieLoss(own.map(metric.cost), others.map(metric.cost))
    medianDifference = median(of: zip(own, others).map(pairedDifference))
    let test = WilcoxonTest(own, others)
    let balance = metric.cost(test.positive - test.negative)
    better = balance == 0 ? nil : balance < 0 ? optimizer : other
    pValue = test.pValue
    adjustedPValue = pValue
    leastAdjustedPValue = WilcoxonTest.leastAttainablePValue(pairs: own.count)
    logRankPValue = logRank
    adjustedLogRankPValue = logRank
    cliffsDelta = Statistics.cliffsDelta(own, others)
    hedgesG = Statistics.hedgesG(own, others)
  }
}

/// The place of each seed's run among those of one optimizer; of a seed that occurs twice, the last place.
private struct SeedPlaces {
  private let places: [(seed: Int, place: Int)]

  init(_ seeds: [Int]) {
    places = Dictionary(seeds.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var count: Int { places.count }

  /// Places of the runs with common seeds, by seed.
  func shared(with other: SeedPlaces) -> [(own: Int, other: Int)] {
    var shared: [(own: Int, other: Int)] = []
    var next = 0
    for (seed, place) in places {
      while next < other.places.count, other.places[next].seed < seed { next += 1 }
      guard next < other.places.count else { break }
      if other.places[next].seed == seed { shared.append((place, other.places[next].place)) }
    }
    return shared
  }
}
