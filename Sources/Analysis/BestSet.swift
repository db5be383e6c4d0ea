import Records
import Statistics

/// The best optimizers of a scenario: the first, and all that its runs cannot tell from it.
///
/// An optimizer differs from the first if Wilcoxon's signed-rank test over their common seeds, adjusted by Holm's method over all
/// pairs of the scenario, has p < 0.05. All pairs count, and not only those with the first, because the results themselves choose who is
/// first: with seven equal optimizers and ten seeds, adjusting for six pairs excludes an equal one in 6 % to 8 % of scenarios,
/// adjusting for all 21 in 2 % (simulated).
package struct BestSet: Sendable, Equatable, Codable {
  /// What the choice of the first rests on.
  package enum Evidence: Sendable, Equatable, Codable {
    /// A single run of the first: nothing says how it would do with another seed or start.
    case oneRun(isRandom: Bool)
    /// Several runs, but too few for any test to be significant.
    case tooFewRuns(runs: Int, leastPValue: Double, needed: Int)
    /// Paired tests over the common seeds.
    case tests(runs: Int)
  }

  /// Optimizers with rank 1.
  package let first: [String]
  /// Other optimizers that no test can tell from the first, in the order of their ranks; empty without tests.
  package let alike: [String]
  package let evidence: Evidence
  /// Number of optimizers that ran.
  package let compared: Int

  /// - Returns: `nil` if no optimizer has a result, or only one ran.
  /// - Parameter isRandom: Whether another seed gives another result.
  init?(
    _ summaries: [OptimizerSummary], _ pairs: [PairwiseComparison], isRandom: Bool
  ) {
    let winners = summaries.winners
    guard let leader = winners.first, summaries.count > 1 else { return nil }
    first = winners.map(\.optimizer)
    compared = summaries.count
    let own = pairs.filter { $0.optimizer == leader.optimizer || $0.other == leader.optimizer }
    guard let runs = own.map(\.pairs).max() else {
      evidence = .oneRun(isRandom: isRandom)
      alike = []
      return
    }
    let least = own.map(\.leastAdjustedPValue).min() ?? 1
    guard least < TestReach.significance else {
      evidence = .tooFewRuns(
        runs: runs, leastPValue: least,
        needed: WilcoxonTest.pairsNeeded(
          comparisons: pairs.count, significance: TestReach.significance))
      alike = []
      return
    }
    let distinct = Set(
      own.filter { $0.adjustedPValue < TestReach.significance }
        .map { $0.optimizer == leader.optimizer ? $0.other : $0.optimizer })
    let firsts = Set(first)
    evidence = .tests(runs: runs)
    alike = summaries.sorted { $0.rank < $1.rank }.map(\.optimizer)
      .filter { !firsts.contains($0) && !distinct.contains($0) }
  }

  /// Whether an optimizer is first, or no test distinguishes it from the first. Where results are random, nothing is excluded without a test.
  package func contains(_ optimizer: String) -> Bool {
    switch evidence {
    case .oneRun(let isRandom): isRandom || first.contains(optimizer)
    case .tooFewRuns: true
    case .tests: first.contains(optimizer) || alike.contains(optimizer)
    }
  }
}
