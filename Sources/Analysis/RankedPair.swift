package import Statistics

/// Comparison of two optimizers over the scenarios of a ranking that both ran in: Wilcoxon's test on relative ranks, adjusted by Holm's
/// method, and Nemenyi's test.
package struct RankedPair: Sendable, Equatable {
  package let optimizer: String
  package let other: String
  /// Number of scenarios in which both ran.
  package let scenarios: Int
  package let score: WinTieLoss
  /// Average rank of `other` minus that of `optimizer` over these scenarios, on the scale from 1 to the number of all optimizers.
  package let rankDifference: Double
  /// On the relative ranks of both: medians of different scenarios have different units.
  package let wilcoxonPValue: Double
  /// Which of both has the better ranks by signed ranks, whether or not the difference is significant; `nil` if neither.
  package let better: String?
  /// P value adjusted by Holm's method over all pairs.
  package private(set) var holmPValue: Double
  /// Least adjusted p value that any results in these numbers of scenarios could have.
  package private(set) var leastHolmPValue: Double
  /// With the standard error of the scenarios that both ran in.
  package let nemenyiPValue: Double

  /// The better of both if the difference is significant; `nil` otherwise.
  var winner: String? { holmPValue < TestReach.significance ? better : nil }
  /// Whether any results in these numbers of scenarios could be significant.
  package var canReject: Bool { leastHolmPValue < TestReach.significance }

  /// - Parameter results: Ranks by scenario, then optimizer; `nil` for an optimizer without runs there.
  static func all(
    of optimizers: [String], _ results: [[Double?]], _ ranks: RelativeRanks
  ) -> [RankedPair] {
    let scores = WinTieLoss.matrix(blocks: results)
    let count = optimizers.count
    var pairs = (0..<count).flatMap { first in
      ((first + 1)..<max(count, first + 1)).map { second in
        RankedPair(optimizers, first, second, scores[first][second], ranks)
      }
    }
    let adjusted = holmAdjusted(pairs.map(\.wilcoxonPValue))
    let least = WilcoxonTest.leastAttainablePValues(pairs: pairs.map(\.scenarios))
    for index in pairs.indices {
      pairs[index].holmPValue = adjusted[index]
      pairs[index].leastHolmPValue = least[index]
    }
    return pairs
  }

  private init(
    _ optimizers: [String], _ first: Int, _ second: Int, _ score: WinTieLoss,
    _ ranks: RelativeRanks
  ) {
    let count = Double(optimizers.count)
    var own: [Double] = []
    var others: [Double] = []
    // Without a difference, two ranks of a scenario with k optimizers differ with variance k(k + 1)/6.
    var variance = 0.0
    for (row, relative) in zip(ranks.ranks, ranks.relative) {
      guard let one = relative[first], let another = relative[second] else { continue }
      own.append(one)
      others.append(another)
      let size = Double(row.count { $0 != nil })
      let scale = (count - 1) / (size - 1)
      variance += scale * scale * size * (size + 1) / 6
    }
    optimizer = optimizers[first]
    other = optimizers[second]
    scenarios = own.count
    self.score = score
    let difference = (count - 1) * (mean(of: others) - mean(of: own))
    rankDifference = difference
    let test = WilcoxonTest(own, others)
    better =
      test.positive == test.negative
      ? nil : test.positive < test.negative ? optimizer : other
    wilcoxonPValue = test.pValue
    holmPValue = wilcoxonPValue
    leastHolmPValue = 1
    nemenyiPValue =
      own.isEmpty
      ? 1
      : Nemenyi.pValue(
        difference: difference, standardError: variance.squareRoot() / Double(own.count),
        treatments: optimizers.count)
  }
}
