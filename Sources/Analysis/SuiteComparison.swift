package import Statistics

/// Comparison of optimizers over several scenarios.
///
/// Ranks are averaged only over scenarios that all compared optimizers ran on. Optimizers are ordered by their number of
/// scenarios; the first n are compared, with n such that optimizers times common scenarios is largest, and with at least two
/// common scenarios if any two optimizers have them. The other optimizers have no rank.
package struct SuiteComparison: Sendable {
  /// Compared optimizers by average rank, best first.
  package private(set) var optimizers: [String] = []
  /// Optimizers with too few common scenarios, by name.
  package private(set) var others: [String] = []
  /// Scenarios that all of `optimizers` ran on.
  package private(set) var scenarios: [String] = []
  /// Number of scenarios that each optimizer ran on.
  package private(set) var participations: [String: Int] = [:]
  /// Results by scenario, then optimizer; lower is better.
  package private(set) var results: [[Double]] = []
  /// Performance profile over the scenarios with a target.
  package private(set) var profile: PerformanceProfile?
  package private(set) var scenariosWithTarget = 0
  /// Runtime profiles by optimizer, over the scenarios with targets; empty without targets.
  package private(set) var runtimes: [RuntimeProfile] = []
  package private(set) var scenariosWithLadder = 0

  package var averageRanks: [Double] { Statistics.averageRanks(overBlocks: results) }
  package var friedman: FriedmanTest? { FriedmanTest(blocks: results) }
  /// Row against column.
  package var winTieLoss: [[WinTieLoss]] { WinTieLoss.matrix(blocks: results) }
  package var stability: RankStability { RankStability(blocks: results) }
  /// Every pair of `optimizers`, by their order. Computed on demand: only one table needs them, and each costs an integral.
  package var pairs: [RankedPair] {
    RankedPair.all(of: optimizers, results, averageRanks, winTieLoss)
  }

  /// What the signed-rank tests of all pairs can show at best; `nil` for fewer than two optimizers or without a scenario.
  package var reach: TestReach? {
    let count = optimizers.count * (optimizers.count - 1) / 2
    return scenarios.isEmpty
      ? nil : TestReach(pairs: Array(repeating: scenarios.count, count: count))
  }

  package init(_ standings: [ScenarioStanding]) {
    for optimizer in standings.flatMap(\.optimizers) { participations[optimizer, default: 0] += 1 }
    let (chosen, common) = Self.choice(among: standings, participations)
    others = participations.keys.filter { !chosen.contains($0) }.sorted()
    scenarios = common.map(\.scenario)
    let unordered = common.map { $0.results(of: chosen) }
    let ranks = Statistics.averageRanks(overBlocks: unordered)
    let order = chosen.indices.sorted { (ranks[$0], chosen[$0]) < (ranks[$1], chosen[$1]) }
    optimizers = ranks.isEmpty ? [] : order.map { chosen[$0] }
    results = unordered.map { row in order.map { row[$0] } }
    let times = common.compactMap { $0.steps(of: optimizers) }
    scenariosWithTarget = times.count
    let ladders = common.filter { !$0.runtimes.isEmpty }.map { $0.runtimes(of: optimizers) }
    scenariosWithLadder = ladders.count
    if !ladders.isEmpty {
      runtimes = optimizers.indices.map { index in RuntimeProfile(meanOf: ladders.map { $0[index] })
      }
    }
    if !times.isEmpty { profile = PerformanceProfile(times: times) }
  }

  private static func choice(
    among standings: [ScenarioStanding], _ participations: [String: Int]
  ) -> (optimizers: [String], scenarios: [ScenarioStanding]) {
    let byParticipation = participations.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map(\.key)
    var best: (optimizers: [String], scenarios: [ScenarioStanding]) = ([], [])
    var common = standings
    for (index, optimizer) in byParticipation.enumerated() {
      common = common.filter { $0.optimizers.contains(optimizer) }
      let candidate = (Array(byParticipation[...index]), common)
      if index > 0, !common.isEmpty, weight(candidate) >= weight(best) { best = candidate }
    }
    return best
  }

  /// Two common scenarios count more than many optimizers in one scenario.
  private static func weight(
    _ choice: (optimizers: [String], scenarios: [ScenarioStanding])
  ) -> (Int, Int) {
    (min(choice.scenarios.count, 2), choice.optimizers.count * choice.scenarios.count)
  }

  /// `nil` for fewer than two scenarios.
  package var criticalDifference: Double? {
    results.count < 2
      ? nil : Nemenyi.criticalDifference(treatments: optimizers.count, blocks: results.count)
  }
}

extension ScenarioStanding {
  /// - Precondition: The scenario has all of them.
  fileprivate func results(of labels: [String]) -> [Double] {
    labels.map { results[place(of: $0)] }
  }

  fileprivate func steps(of labels: [String]) -> [Double]? {
    stepsToTarget.map { steps in labels.map { steps[place(of: $0)] } }
  }

  fileprivate func runtimes(of labels: [String]) -> [RuntimeProfile] {
    labels.map { runtimes[place(of: $0)] }
  }

  private func place(of label: String) -> Int {
    guard let place = optimizers.firstIndex(of: label) else {
      preconditionFailure("only common scenarios are compared")
    }
    return place
  }
}
