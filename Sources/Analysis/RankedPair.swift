package import Statistics

/// Comparison of two optimizers over the scenarios of a ranking: Wilcoxon's test on medians, adjusted by Holm's method, and
/// Nemenyi's test.
package struct RankedPair: Sendable, Equatable {
  package let optimizer: String
  package let other: String
  package let score: WinTieLoss
  /// Average rank of `other` minus that of `optimizer`.
  package let rankDifference: Double
  package let wilcoxonPValue: Double
  /// P value adjusted by Holm's method over all pairs.
  package let holmPValue: Double
  package let nemenyiPValue: Double

  /// - Parameter blocks: Results by scenario, then optimizer.
  static func all(
    of optimizers: [String], _ blocks: [[Double]], _ ranks: [Double], _ scores: [[WinTieLoss]]
  ) -> [RankedPair] {
    let count = optimizers.count
    let pairs = (0..<count).flatMap { first in
      ((first + 1)..<max(count, first + 1)).map { (first, $0) }
    }
    let tests = pairs.map { first, second in
      WilcoxonTest(blocks.map { $0[first] }, blocks.map { $0[second] }).pValue
    }
    return zip(pairs, zip(tests, holmAdjusted(tests))).map { pair, test in
      let difference = ranks[pair.1] - ranks[pair.0]
      return RankedPair(
        optimizer: optimizers[pair.0], other: optimizers[pair.1], score: scores[pair.0][pair.1],
        rankDifference: difference, wilcoxonPValue: test.0, holmPValue: test.1,
        nemenyiPValue: Nemenyi.pValue(
          difference: difference, treatments: count, blocks: blocks.count))
    }
  }
}
