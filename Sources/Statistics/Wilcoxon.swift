import Foundation

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
  static let exactLimit = 500

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
      : Self.saddlepointPValue(ranks: ranks, least: min(positive, negative))
  }

  /// Exact p value from the number of subsets of the ranks by their sum: 2 · #{subsets with a sum up to the smaller one}/2ⁿ.
  ///
  /// Exact with ties too, given the ranks: twice a rank is an integer.
  /// - Complexity: O(*n* · least).
  private static func exactPValue(ranks: [Double], least: Double) -> Double {
    let scale = ranks.allSatisfy { $0 == $0.rounded() } ? 1.0 : 2
    let bound = Int(scale * least)
    var subsets = [Double](repeating: 0, count: bound + 1)
    subsets[0] = 1
    var reach = 0
    // A rank above the bound is in no subset that counts.
    for rank in ranks.lazy.map({ Int(scale * $0) }).sorted() where rank <= bound {
      reach = min(bound, reach + rank)
      for sum in stride(from: reach, through: rank, by: -1) { subsets[sum] += subsets[sum - rank] }
    }
    return min(1, 2 * subsets.reduce(0, +) * scalbn(1, -ranks.count))
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
