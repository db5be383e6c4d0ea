package import Records
package import Statistics

/// Comparison of optimizers over the scenarios of a ``RankingDesign``.
///
/// Results are the optimizers' ranks within each scenario: medians of different scenarios have different units, and ranks count alike.
/// Where every optimizer ran in every scenario, the design is complete and analyzed by Friedman's and Nemenyi's tests; otherwise by
/// the test of Skillings and Mack, and every pair over the scenarios that it shares.
package struct SuiteComparison: Sendable {
  package let design: RankingDesign
  /// Ranked optimizers by mean relative rank, best first; empty if the design has none.
  package let optimizers: [String]
  /// Their labels within the scenarios, which are their names unless a label means several update rules.
  package let labels: [String]
  /// Scenarios of the design.
  package var scenarios: [String] { design.scenarios }
  /// Ranks within the scenarios, by scenario, then optimizer; `nil` for an optimizer without runs there.
  package let results: [[Double?]]
  /// By scenario, then optimizer: whether tests find it better than every other optimizer of the scenario.
  private let clearFirsts: [[Bool]]
  /// `results` among the ranked optimizers.
  package let ranks: RelativeRanks
  /// Runs of each optimizer in these scenarios.
  package let runs: [Runs]
  /// How the hyperparameters of each optimizer were chosen, with the number of scenarios.
  package let settings: [[SettingsKind: Int]]
  /// Performance profile of evaluations to the target, over the scenarios with one.
  package let profile: PerformanceProfile?
  package let scenariosWithTarget: Int
  /// Runtime profiles by optimizer, each over its scenarios with targets; empty without targets.
  package let runtimes: [RuntimeProfile]
  package let scenariosWithLadder: Int
  /// The same over the scenarios with targets that all optimizers ran in, with their number; `nil` without one.
  package let sharedRuntimes: (profiles: [RuntimeProfile], scenarios: Int)?
  /// Every pair of `optimizers`, by their order.
  package let pairs: [RankedPair]

  package struct Runs: Sendable, Equatable {
    package var count = 0
    package var diverged = 0
    package var failed = 0
  }

  package init(_ standings: [ScenarioStanding]) {
    let design = RankingDesign(standings)
    self.design = design
    let names = RankedNames(standings)
    let included = standings.filter { design.scenarios.contains($0.scenario) }
    let entrants = included.map { standing in
      Dictionary(
        standing.entrants.map { (names.name($0), $0) }, uniquingKeysWith: { first, _ in first })
    }
    let means = RelativeRanks(
      blocks: entrants.map { row in design.optimizers.map { row[$0]?.result?.rank } }
    ).means
    // The order by name breaks ties, which the rounding of sums must not hide; an optimizer without any run comes last.
    let keys = means.map { $0.isNaN ? 2 : ($0 * 1e12).rounded() / 1e12 }
    let order = design.optimizers.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    let optimizers = order.map { design.optimizers[$0] }
    self.optimizers = optimizers
    labels = optimizers.map { name in
      entrants.compactMap { $0[name]?.optimizer }.first ?? name
    }
    results = entrants.map { row in optimizers.map { row[$0]?.result?.rank } }
    clearFirsts = entrants.map { row in
      optimizers.map { row[$0]?.result?.isClearFirst ?? false }
    }
    ranks = RelativeRanks(blocks: results)
    settings = optimizers.map { optimizer in
      entrants.compactMap { $0[optimizer]?.settings }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    runs = optimizers.map { optimizer in
      entrants.compactMap { $0[optimizer]?.result }.reduce(into: Runs()) {
        $0.count += $1.runs
        $0.diverged += $1.diverged
        $0.failed += $1.failed
      }
    }
    let times = entrants.map { row in optimizers.map { row[$0]?.result?.evaluationsToTarget } }
      .filter { $0.contains { $0 != nil } }
    scenariosWithTarget = times.count
    profile = times.isEmpty ? nil : PerformanceProfile(times: times)
    let ladders = entrants.map { row in optimizers.map { row[$0]?.result?.runtime } }
      .filter { $0.contains { $0 != nil } }
    scenariosWithLadder = ladders.count
    runtimes =
      ladders.isEmpty
      ? []
      : optimizers.indices.map { index in RuntimeProfile(meanOf: ladders.compactMap { $0[index] }) }
    let shared = ladders.map { $0.compactMap(\.self) }.filter { $0.count == optimizers.count }
    sharedRuntimes =
      shared.isEmpty
      ? nil
      : (
        optimizers.indices.map { index in RuntimeProfile(meanOf: shared.map { $0[index] }) },
        shared.count
      )
    pairs = RankedPair.all(of: optimizers, results, ranks)
  }

  /// Mean ranks on the scale from 1 to the number of optimizers, each over the scenarios in which the optimizer ran.
  package var averageRanks: [Double] { ranks.averages }
  /// Number of the design's scenarios in which each optimizer ran.
  package var coverage: [Int] {
    optimizers.indices.map { index in results.count { $0[index] != nil } }
  }
  /// Whether every optimizer ran in every scenario.
  package var isComplete: Bool { results.allSatisfy { $0.allSatisfy { $0 != nil } } }
  /// `nil` for an incomplete design.
  package var friedman: FriedmanTest? {
    isComplete ? FriedmanTest(blocks: results.map { $0.compactMap(\.self) }) : nil
  }
  /// `nil` for a complete design.
  package var skillingsMack: SkillingsMackTest? {
    isComplete ? nil : SkillingsMackTest(blocks: results)
  }
  /// P value of the test that all optimizers are equal: Friedman's, or Skillings and Mack's for an incomplete design; `nil` if it
  /// is not defined.
  package var jointPValue: Double? {
    (friedman?.fPValue ?? skillingsMack?.pValue).flatMap { $0.isFinite ? $0 : nil }
  }
  /// Whether average ranks do not distinguish two optimizers, by their places: the joint test does not reject, and so no pair is
  /// tested (Demšar 2006, section 3.2.2), or Nemenyi's test of the pair does not.
  package func isAlike(_ first: Int, _ second: Int) -> Bool {
    guard let jointPValue, jointPValue < TestReach.significance else { return true }
    return pair(first, second).nemenyiPValue >= TestReach.significance
  }
  /// Row against column.
  package var winTieLoss: [[WinTieLoss]] { WinTieLoss.matrix(blocks: results) }
  package var stability: RankStability { RankStability(blocks: results) }
  /// What the signed-rank tests of all pairs can show at best; `nil` for fewer than two optimizers.
  package var reach: TestReach? { TestReach(pairs: pairs.map(\.scenarios)) }

  /// Nemenyi's critical difference; `nil` for an incomplete design, whose pairs rest on different scenarios.
  package var criticalDifference: Double? {
    isComplete && optimizers.count >= 2
      ? Nemenyi.criticalDifference(treatments: optimizers.count, blocks: results.count) : nil
  }
  /// Largest possible difference of average ranks: one optimizer always first, another always last.
  package var largestDifference: Double { Double(max(1, optimizers.count) - 1) }

  /// The pair of two optimizers by their places, the better one first.
  package func pair(_ first: Int, _ second: Int) -> RankedPair {
    precondition(first < second && second < optimizers.count, "the better optimizer comes first")
    let before = first * (2 * optimizers.count - first - 1) / 2
    return pairs[before + second - first - 1]
  }

  /// Optimizers that share too few scenarios with the first for any result to tell them from it, with the number that they share.
  package var untested: [(optimizer: String, scenarios: Int)] {
    pairs.filter { $0.optimizer == optimizers.first && !$0.canReject }
      .map { ($0.other, $0.scenarios) }
  }

  /// The first optimizer and those that no paired test, adjusted over all pairs, can tell from it or finds worse than another one;
  /// empty without a ranking.
  package var best: [String] {
    let beaten = Set(
      pairs.compactMap { pair in
        pair.winner.map { $0 == pair.optimizer ? pair.other : pair.optimizer }
      })
    return optimizers.enumerated().filter { $0 == 0 || !beaten.contains($1) }.map(\.element)
  }

  /// The best without those that are not tested; empty where no test can be significant.
  package var named: [String] {
    guard reach?.canReject == true else { return [] }
    let untested = Set(self.untested.map(\.optimizer))
    return best.filter { !untested.contains($0) }
  }

  /// In how many scenarios each optimizer is first among the ranked ones, shared first ranks included, and in how many of them it is
  /// first alone and tests find it better than every other optimizer.
  package var firsts: [(all: Int, clear: Int)] {
    optimizers.indices.map { index in
      let places = results.indices.filter { row in
        ranks.ranks[row][index] != nil
          && ranks.ranks[row][index] == ranks.ranks[row].compactMap(\.self).min()
      }
      return (places.count, places.count { clearFirsts[$0][index] })
    }
  }
}
