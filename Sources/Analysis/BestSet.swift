import Records
import Statistics

/// The best optimizers of a scenario: the first, and all that its runs cannot tell from it and that no other optimizer is better than.
///
/// Optimizers differ if Wilcoxon's signed-rank test over their common seeds, adjusted by Holm's method over all pairs of the
/// scenario, has p < 0.05. All pairs count, and not only those with the first, because the results themselves choose who is
/// first: with seven equal optimizers and ten seeds, adjusting for six pairs excludes an equal one in 6 % to 8 % of scenarios,
/// adjusting for all 21 in 2 % (simulated).
///
/// Not being distinguishable is not transitive: an optimizer may be indistinguishable from the first, and worse than another one that
/// is, too. Then it is outdone.
package struct BestSet: Sendable, Equatable, Codable {
  /// What the choice of the first rests on.
  package enum Evidence: Sendable, Equatable, Codable {
    /// A single run of the first: nothing says how it would do with another seed or start.
    case oneRun(isRandom: Bool)
    /// Several runs, but too few for any test to be significant.
    case tooFewRuns(runs: Int, leastPValue: Double, needed: Int)
    /// Paired tests over the common seeds.
    /// - Parameter comparisons: Number of pairs that share the level of significance.
    case tests(runs: Int, comparisons: Int)
  }

  /// An optimizer that is not distinguishable from the first, and worse than others of which the same holds.
  package struct Outdone: Sendable, Equatable, Codable {
    package let optimizer: String
    /// Optimizers that tests find better, in the order of their ranks; of those only the ones that are not worse than another one.
    package let by: [String]
  }

  /// An optimizer that tests find worse than the first, and one that ranks below it and is not distinguishable.
  package struct Disorder: Sendable, Equatable, Codable {
    package let worse: String
    package let alike: String
  }

  /// Optimizers with rank 1.
  package let first: [String]
  /// Other optimizers that no test can tell from the first, and none finds worse than another; in the order of their ranks, empty without tests.
  package private(set) var alike: [String] = []
  /// In the order of their ranks.
  package private(set) var outdone: [Outdone] = []
  /// Other optimizers with so few seeds in common with the first that no test can tell them from it.
  package private(set) var untested: [String] = []
  /// Other optimizers that tests find better than the first, in spite of its rank.
  package private(set) var better: [String] = []
  /// Optimizers that tests find worse than the first, in the order of their ranks.
  package private(set) var worse: [String] = []
  /// `nil` if ranks and tests agree.
  package private(set) var disorder: Disorder?
  package let evidence: Evidence
  /// Number of optimizers that ran.
  package let compared: Int

  /// - Returns: `nil` if no optimizer has a result, or only one ran.
  /// - Parameter isRandom: Whether another seed gives another result.
  init?(
    _ summaries: [OptimizerSummary], _ pairs: [PairwiseComparison], isRandom: Bool
  ) {
    let winners = summaries.winners
    guard let leader = winners.first?.optimizer, summaries.count > 1 else { return nil }
    first = winners.map(\.optimizer)
    compared = summaries.count
    let own = pairs.filter { $0.optimizer == leader || $0.other == leader }
    guard let runs = own.map(\.pairs).max() else {
      evidence = .oneRun(isRandom: isRandom)
      return
    }
    let least = own.map(\.leastAdjustedPValue).min() ?? 1
    guard least < TestReach.significance else {
      evidence = .tooFewRuns(
        runs: runs, leastPValue: least,
        needed: WilcoxonTest.pairsNeeded(
          comparisons: pairs.count, significance: TestReach.significance))
      return
    }
    evidence = .tests(runs: runs, comparisons: pairs.count)
    let ordered = summaries.sorted { $0.rank < $1.rank }
    place(ordered.map(\.optimizer), leader, own, pairs)
    let kept = Set(alike + outdone.map(\.optimizer))
    if let last = ordered.last(where: { kept.contains($0.optimizer) }),
      let passed = ordered.first(where: { worse.contains($0.optimizer) }), passed.rank < last.rank
    {
      disorder = Disorder(worse: passed.optimizer, alike: last.optimizer)
    }
  }

  /// - Parameters:
  ///   - order: All optimizers by rank.
  ///   - own: Pairs with the leader.
  private mutating func place(
    _ order: [String], _ leader: String, _ own: [PairwiseComparison], _ pairs: [PairwiseComparison]
  ) {
    var losses: [String: Set<String>] = [:]
    for pair in pairs {
      guard let winner = pair.winner else { continue }
      losses[winner == pair.optimizer ? pair.other : pair.optimizer, default: []].insert(winner)
    }
    let testable = Set(own.filter(\.canReject).flatMap { [$0.optimizer, $0.other] })
    for optimizer in order where !first.contains(optimizer) {
      let superior = losses[optimizer] ?? []
      if superior.contains(leader) {
        worse.append(optimizer)
      } else if losses[leader]?.contains(optimizer) == true {
        better.append(optimizer)
      } else if !superior.isEmpty {
        let best = superior.filter { losses[$0] == nil }
        let by = best.isEmpty ? superior : best
        outdone.append(Outdone(optimizer: optimizer, by: order.filter(by.contains)))
      } else if testable.contains(optimizer) {
        alike.append(optimizer)
      } else {
        untested.append(optimizer)
      }
    }
  }

  /// Whether tests found the first, alone, better than every other optimizer.
  package var isClear: Bool {
    guard case .tests = evidence else { return false }
    return first.count == 1 && worse.count == compared - 1
  }

  /// Optimizers to name as best: none where nothing is tested and results are random.
  package var named: [String] {
    switch evidence {
    case .oneRun(let isRandom): isRandom ? [] : first
    case .tooFewRuns: []
    case .tests: first + better + alike
    }
  }

  /// Whether an optimizer may be the best: no test excludes it. Where results are random, nothing is excluded without a test.
  package func contains(_ optimizer: String) -> Bool {
    switch evidence {
    case .oneRun(let isRandom): isRandom || first.contains(optimizer)
    case .tooFewRuns: true
    case .tests: named.contains(optimizer) || untested.contains(optimizer)
    }
  }

  /// Whether one pair of runs with the opposite order can be enough to make two optimizers indistinguishable.
  package var isStrict: Bool {
    guard case .tests(let runs, let comparisons) = evidence else { return false }
    // The second smallest p value is twice the smallest one.
    return 2 * WilcoxonTest.leastAttainablePValue(pairs: runs, comparisons: comparisons)
      >= TestReach.significance
  }
}
