/// Mann–Whitney test, two-sided: whether one of two samples tends to larger values (Mann and Whitney 1947).
package struct MannWhitneyTest: Sendable, Equatable {
  /// Pairs in which the value of the first sample is larger; ties count half.
  package var u: Double
  package var pValue: Double
  package var isExact: Bool

  /// Up to this number of ways to split the ranks, the distribution is exact, including ties.
  static let exactLimit = 25

  /// Values may be infinite, for failed runs; equal infinities tie.
  /// - Returns: `nil` for an empty sample.
  package init?(_ first: [Double], _ second: [Double]) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let ranks = averageRanks(of: first + second)
    let count = Double(first.count)
    u = ranks[..<first.count].reduce(0, +) - count * (count + 1) / 2
    isExact = first.count <= Self.exactLimit && second.count <= Self.exactLimit
    pValue =
      isExact
      ? Self.exactPValue(ranks: ranks, count: first.count)
      : Self.normalPValue(ranks: ranks, first: count, second: Double(second.count), u: u)
  }

  /// Exact p value from the number of subsets of `count` ranks by their sum: twice the smaller tail, at most 1. Twice a rank is an integer.
  private static func exactPValue(ranks: [Double], count: Int) -> Double {
    let doubled = ranks.map { Int(2 * $0) }
    let total = doubled.reduce(0, +)
    // ways[c][s]: number of subsets of c ranks with sum s; below 2^53, hence exact, for 25 of 50.
    var ways = [[Double]](
      repeating: [Double](repeating: 0, count: total + 1), count: count + 1)
    ways[0][0] = 1
    for rank in doubled {
      for chosen in stride(from: count, through: 1, by: -1) where rank <= total {
        for sum in stride(from: total, through: rank, by: -1) {
          ways[chosen][sum] += ways[chosen - 1][sum - rank]
        }
      }
    }
    let observed = doubled[..<count].reduce(0, +)
    let all = ways[count].reduce(0, +)
    let lower = ways[count][0...observed].reduce(0, +) / all
    let upper = ways[count][observed...].reduce(0, +) / all
    return min(1, 2 * min(lower, upper))
  }

  /// Normal approximation with the variance for ties and continuity correction (Hollander and Wolfe 1999, section 4.1).
  private static func normalPValue(
    ranks: [Double], first: Double, second: Double, u: Double
  ) -> Double {
    let n = first + second
    var ties = 0.0
    for (_, group) in Dictionary(grouping: ranks, by: { $0 }) {
      let size = Double(group.count)
      ties += size * size * size - size
    }
    let variance = first * second / 12 * (n + 1 - ties / (n * (n - 1)))
    guard variance > 0 else { return 1 }
    let distance = abs(u - first * second / 2) - 0.5
    return min(1, 2 * Distribution.normalTail(max(0, distance) / variance.squareRoot()))
  }
}
