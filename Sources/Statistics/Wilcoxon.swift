/// Whether paired values differ (Wilcoxon 1945, the signed-rank test), two-sided.
package struct WilcoxonTest: Sendable, Equatable {
  /// Pairs that differ; equal ones tell nothing and are left out.
  package var count: Int
  /// Sum of the ranks of positive differences.
  package var positive: Double
  package var negative: Double
  /// 1 where no pair differs.
  package var pValue: Double
  package var isExact: Bool

  /// Up to this many differences every assignment of signs is counted.
  static let exactLimit = 50

  /// - Parameters:
  ///   - first: May be infinite, for a run that failed; two failures alike are equal, a failure differs from any finite value more than
  ///     any two of those.
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

  /// Counts the subsets of the ranks by their sum; ranks are halves at worst, so twice a rank is whole.
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

  /// Under the hypothesis W has mean Σr/2 and variance Σr²/4, which holds with ties as well; no continuity correction.
  private static func normalPValue(ranks: [Double], positive: Double) -> Double {
    let mean = ranks.reduce(0, +) / 2
    let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
    return min(1, 2 * Distribution.normalTail(abs(positive - mean) / variance.squareRoot()))
  }
}

/// first − second; 0 where both are the same infinity or both undefined, infinite where only one is finite.
///
/// An undefined value counts as worse than anything, that is as positively infinite.
package func pairedDifference(_ first: Double, _ second: Double) -> Double {
  let first = first.isNaN ? .infinity : first
  let second = second.isNaN ? .infinity : second
  return first == second ? 0 : first - second
}
