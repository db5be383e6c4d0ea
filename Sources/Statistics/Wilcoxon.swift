/// Wilcoxon signed-rank test, two-sided: whether paired values differ (Wilcoxon 1945).
package struct WilcoxonTest: Sendable, Equatable {
  /// Number of pairs that differ; equal pairs are left out.
  package var count: Int
  /// Sum of the ranks of positive differences.
  package var positive: Double
  package var negative: Double
  /// P value; 1 if no pair differs.
  package var pValue: Double
  package var isExact: Bool

  /// Up to this number of differences, the distribution is exact.
  static let exactLimit = 50

  /// - Parameters:
  ///   - first: Values may be infinite, for failed runs; equal infinities are equal, and an infinite value differs from a finite one
  ///     more than any two finite values differ.
  ///   - second: As many values as `first`.
  package init(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "a paired test needs pairs")
    let differences = zip(first, second).map { pairedDifference($0, $1) }.filter { $0 != 0 }
    let ranks = averageRanks(of: differences.map(abs))
    count = differences.count
    positive = zip(differences, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    negative = ranks.reduce(0, +) - positive
    isExact = count <= Self.exactLimit
    guard count > 0 else {
      pValue = 1
      return
    }
    pValue =
      isExact
      ? Self.exactPValue(ranks: ranks, least: min(positive, negative))
      : Self.normalPValue(ranks: ranks, positive: positive)
  }

  /// Exact p value from the number of subsets of the ranks by their sum. Twice a rank is an integer.
  ///
  /// Exact with ties too, given the ranks.
  private static func exactPValue(ranks: [Double], least: Double) -> Double {
    let doubled = ranks.map { Int(2 * $0) }
    let total = doubled.reduce(0, +)
    var share = [Double](repeating: 0, count: total + 1)
    share[0] = 1
    var reach = 0
    for rank in doubled {
      reach += rank
      for sum in stride(from: reach, through: 0, by: -1) {
        share[sum] = 0.5 * (share[sum] + (sum >= rank ? share[sum - rank] : 0))
      }
    }
    return min(1, 2 * share[0...Int(2 * least)].reduce(0, +))
  }

  /// Normal approximation: under the null hypothesis, W has mean Σr/2 and variance Σr²/4, also with ties; no continuity correction.
  private static func normalPValue(ranks: [Double], positive: Double) -> Double {
    let mean = ranks.reduce(0, +) / 2
    let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
    return min(1, 2 * Distribution.normalTail(abs(positive - mean) / variance.squareRoot()))
  }
}

/// first − second; 0 if both are the same infinity or both `nan`, infinite if only one is finite.
///
/// `nan` is worse than any other value, so it counts as ∞.
package func pairedDifference(_ first: Double, _ second: Double) -> Double {
  let first = first.isNaN ? .infinity : first
  let second = second.isNaN ? .infinity : second
  return first == second ? 0 : first - second
}
