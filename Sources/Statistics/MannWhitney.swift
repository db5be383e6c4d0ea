/// Mann–Whitney test, two-sided: whether one of two samples tends to larger values (Mann and Whitney 1947).
package struct MannWhitneyTest: Sendable, Equatable {
  /// Pairs in which the value of the first sample is larger; ties count half.
  package var u: Double
  package var pValue: Double
  package var isExact: Bool

  /// Up to this number of values in each sample, the distribution is exact, including ties.
  static let exactLimit = 100

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
      ? Self.exactPValue(of: ranks, count: first.count)
      : Self.normalPValue(ranks: ranks, first: count, second: Double(second.count), u: u)
  }

  /// Exact p value from the number of subsets of `count` ranks by their sum: twice the smaller tail, at most 1.
  ///
  /// The smaller sample has the smaller subsets, and ranks counted from the other end give the smaller tail.
  private static func exactPValue(of ranks: [Double], count: Int) -> Double {
    let isFirst = 2 * count <= ranks.count
    let own = isFirst ? ranks[..<count] : ranks[count...]
    let isUpper = own.reduce(0, +) > Double(own.count) * Double(ranks.count + 1) / 2
    func counted(_ rank: Double) -> Double { isUpper ? Double(ranks.count + 1) - rank : rank }
    let (below, equal) = shares(
      of: ranks.map(counted), count: own.count, observed: own.map(counted).reduce(0, +))
    return min(1, 2 * min(below + equal, 1 - below))
  }

  /// Fraction of the subsets of `count` ranks with a sum below the observed one, and with this sum. Twice a rank is an integer.
  private static func shares(
    of ranks: [Double], count: Int, observed: Double
  ) -> (below: Double, equal: Double) {
    let scale = ranks.allSatisfy { $0 == $0.rounded() } ? 1.0 : 2
    let bound = Int(scale * observed)
    // Rows of subsets by their number of ranks, columns by their sum; below 2⁵³, hence exact, for 25 of 50.
    let width = bound + 1
    var subsets = [Double](repeating: 0, count: width * (count + 1))
    subsets[0] = 1
    let sorted = ranks.map { Int(scale * $0) }.sorted()
    let sums = sorted.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    for (index, rank) in sorted.enumerated() {
      for chosen in stride(from: min(count, index + 1), through: 1, by: -1) {
        // The ranks still to choose come after this one.
        let end = index + 1 + count - chosen
        guard end <= sorted.count else { break }
        let row = chosen * width
        let lower = sums[chosen - 1] + rank
        let upper = bound - (sums[end] - sums[index + 1])
        guard lower <= upper else { continue }
        for sum in lower...upper { subsets[row + sum] += subsets[row - width + sum - rank] }
      }
    }
    var all = 1.0
    for index in 0..<count { all *= Double(ranks.count - index) / Double(index + 1) }
    let full = subsets[(count * width)...]
    return (full.dropLast().reduce(0, +) / all, full[full.endIndex - 1] / all)
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
