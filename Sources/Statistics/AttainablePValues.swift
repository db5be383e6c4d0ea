import Foundation

/// What the exact signed-rank test can show at best, before any result is known.
extension WilcoxonTest {
  /// Least p value of a number of pairs: 2/2ⁿ, where every pair differs in the same direction; 1 without pairs.
  package static func leastAttainablePValue(pairs: Int) -> Double {
    precondition(pairs >= 0, "a number of pairs")
    return pairs == 0 ? 1 : scalbn(2, -min(pairs, 1_000))
  }

  /// Least p value after Holm's adjustment for a number of comparisons, each with as many pairs: min(1, m · 2/2ⁿ).
  package static func leastAttainablePValue(pairs: Int, comparisons: Int) -> Double {
    precondition(comparisons >= 1, "an adjustment is for at least one comparison")
    return min(1, Double(comparisons) * leastAttainablePValue(pairs: pairs))
  }

  /// Least p values after Holm's adjustment of comparisons with different numbers of pairs, in their order.
  ///
  /// Holm's adjustment is monotone in every p value, so these are the adjusted least p values.
  package static func leastAttainablePValues(pairs: [Int]) -> [Double] {
    holmAdjusted(pairs.map { leastAttainablePValue(pairs: $0) })
  }

  /// Smallest number of pairs whose least adjusted p value is below the significance level: m · 2/2ⁿ < α.
  ///
  /// With fewer, no result whatever can be significant.
  package static func pairsNeeded(comparisons: Int, significance: Double = 0.05) -> Int {
    precondition(
      comparisons >= 1 && significance > 0 && significance < 1,
      "a significance level is between 0 and 1")
    var pairs = 1
    while leastAttainablePValue(pairs: pairs, comparisons: comparisons) >= significance {
      pairs += 1
    }
    return pairs
  }
}
