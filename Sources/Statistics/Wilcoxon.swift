import Foundation

/// Wilcoxon signed-rank test, two-sided: whether paired values differ (Wilcoxon 1945).
///
/// Differences that rounding of the values explains tie: 14/360 − 12/360 and 9/360 − 7/360 are two different floating-point
/// numbers (``PairedDifference``).
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
    let differences = zip(first, second).map { PairedDifference($0, $1) }.filter { $0.value != 0 }
    let ranks = averageRanks(
      of: differences, by: { $0.size < $1.size }, ties: { $0.ties(with: $1) })
    count = differences.count
    positive = zip(differences, ranks).reduce(0) { $1.0.value > 0 ? $0 + $1.1 : $0 }
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
