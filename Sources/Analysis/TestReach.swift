import Statistics

/// What a family of signed-rank tests can show at best: with few pairs, no result whatever is significant.
package struct TestReach: Sendable, Equatable {
  /// Least attainable p value after Holm's adjustment, of the comparison with the most pairs.
  package let leastPValue: Double
  /// Number of comparisons that share the level of significance.
  package let comparisons: Int
  /// Most pairs of any comparison, such as seeds or scenarios.
  package let pairs: Int
  /// Fewest pairs with which a comparison could be significant.
  package let pairsNeeded: Int

  /// Level of significance of all comparisons together.
  package static let significance = 0.05

  /// - Parameter pairs: Number of pairs of each comparison.
  /// - Returns: `nil` without a comparison.
  package init?(pairs: [Int]) {
    guard let most = pairs.max(),
      let least = WilcoxonTest.leastAttainablePValues(pairs: pairs).min()
    else { return nil }
    self.pairs = most
    comparisons = pairs.count
    leastPValue = least
    pairsNeeded = WilcoxonTest.pairsNeeded(
      comparisons: pairs.count, significance: Self.significance)
  }

  /// Whether any result of these comparisons could be significant.
  package var canReject: Bool { leastPValue < Self.significance }
}
