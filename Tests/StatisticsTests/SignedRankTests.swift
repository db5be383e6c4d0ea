import Randomness
import Statistics
import Testing

/// Wilcoxon's signed-rank test against SciPy 1.17.1 and enumeration.
struct SignedRankTests {
  @Test func `Wilcoxon's exact test is SciPy's`() {
    // scipy.stats.wilcoxon(x, y, method='exact'); data of Hollander and Wolfe (1973), page 29.
    let x = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
    let y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    let test = WilcoxonTest(x, y)
    #expect(test.negative == 5 && test.isExact && test.pValue == 0.0390625)
    // scipy.stats.wilcoxon(d), Darwin's maize as in SciPy's own example.
    let maize = [6.0, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    #expect(WilcoxonTest(maize, maize.map { _ in 0 }).pValue == 0.041259765625)
    #expect(WilcoxonTest(maize, maize.map { _ in 0 }).negative == 24)
  }

  @Test func `ties are counted exactly`() {
    // scipy.stats.wilcoxon(d, method=PermutationMethod(n_resamples=inf))
    let differences = [1.0, 1, -2, 3, 3, 3, -1, 4, 5, 2]
    #expect(WilcoxonTest(differences, differences.map { _ in 0 }).pValue == 0.03125)
  }

  /// Correct answers of ten runs each among 360; the test of their fractions is that of the numbers.
  @Test func `fractions tie where the numbers of samples do`() {
    let first = [322, 315, 331, 318, 324, 320, 327, 316, 329, 321].map(Double.init)
    let second = [319, 318, 324, 320, 321, 313, 325, 314, 322, 326].map(Double.init)
    for samples in [360.0, 10_000, 7] {
      let test = WilcoxonTest(first.map { $0 / samples }, second.map { $0 / samples })
      // scipy.stats.wilcoxon(first, second, method=PermutationMethod(n_resamples=np.inf))
      #expect(test.negative == 14.0 && test.pValue == 0.201171875)
    }
    // Ranks scaled by the sizes of scenarios: 3/6 − 1/6 and 2/3 − 1/3.
    let test = WilcoxonTest([3.0 / 6, 2.0 / 3, 1], [1.0 / 6, 1.0 / 3, 0.9])
    #expect(test.count == 3 && test.positive == 6 && test.pValue == 0.25)
    let ties = WilcoxonTest([3.0 / 6, 1.0 / 3, 1], [1.0 / 6, 2.0 / 3, 0.9])
    #expect(ties.negative == 2.5 && ties.positive == 3.5)
  }

  @Test func `what rounding explains is no difference, and small numbers keep theirs`() {
    let test = WilcoxonTest([0.1 + 0.2, 0.5], [0.3, 0.4])
    #expect(test.count == 1 && pairedDifference(0.1 + 0.2, 0.3) == 0)
    #expect(WinTieLoss([0.1 + 0.2], [0.3]).ties == 1)
    // Losses of 10⁻³⁰ differ by themselves, whatever their size.
    let small = WilcoxonTest([1e-30, 3e-30, 5e-300], [2e-30, 1e-30, 4e-300])
    #expect(small.count == 3 && small.positive == 1 + 3)
  }

  // scipy.stats.wilcoxon(d, method='exact'), SciPy 1.17.1; for 60 and −30.3 the normal approximation is 3.4e-5.
  @Test(arguments: [
    (60, 101, 30.3, 352.0, 1.5897939461551047e-05), (60, 101, 45.3, 770, 0.2897125091838775),
    (120, 211, 90.3, 2_665, 0.011185085815589524),
    (500, 1_009, 470.3, 56_162, 0.045507401289561766),
  ])
  func `more than fifty pairs are exact`(
    count: Int, modulus: Int, shift: Double, least: Double, expected: Double
  ) {
    let differences = (0..<count).map { Double(($0 * 37) % modulus) - shift }
    let test = WilcoxonTest(differences, differences.map { _ in 0 })
    #expect(test.count == count && test.isExact && min(test.positive, test.negative) == least)
    // SciPy sums probabilities up to 1, with an absolute error of some 10⁻¹⁷; 10⁻¹² of the smallest.
    #expect(same(test.pValue, expected))
  }

  // The subsets of twice the ranks counted in Python's integers, divided as fractions; the normal approximation is
  // 1.6e-3 and 1.5e-7.
  @Test(arguments: [(7, 853.0, 0.001339504021028535), (5, 449.0, 2.42064030103013e-08)])
  func `more than fifty pairs with ties are exact, equal ones left out`(
    shift: Int, least: Double, expected: Double
  ) {
    let differences = (0..<80).map { Double(($0 * 37) % 19 - shift) }
    let test = WilcoxonTest(differences, differences.map { _ in 0 })
    #expect(test.count == 76 && test.isExact && min(test.positive, test.negative) == least)
    #expect(same(test.pValue, expected))
  }

  /// All signs of the ranks counted out.
  @Test func `few pairs with ties and zeros are all counted`() {
    var generator = RandomKey(masterSeed: 3, purpose: .resampling).generator()
    for count in 1...9 {
      let differences = (0..<count).map { _ in Double(generator.integer(below: 9) - 3) }
      let ranks = averageRanks(of: differences.filter { $0 != 0 }.map(abs))
      let test = WilcoxonTest(differences, differences.map { _ in 0 })
      let least = min(test.positive, test.negative)
      let ways = (0..<(1 << ranks.count)).count { mask in
        ranks.indices.reduce(0) { $0 + (mask >> $1 & 1 == 1 ? ranks[$1] : 0) } <= least
      }
      #expect(test.pValue == min(1, 2 * Double(ways) / Double(1 << ranks.count)))
    }
  }

  // scipy.stats.wilcoxon(d, method='exact'); the normal approximation of the second is 5.1e-9.
  @Test(arguments: [
    (560.3, 81_454.0, 0.04059907214092484), (500.3, 65_320, 3.813713567168975e-09),
  ])
  func `beyond 500 pairs the saddlepoint approximation is as good as exact`(
    shift: Double, least: Double, expected: Double
  ) {
    let differences = (0..<600).map { Double(($0 * 37) % 1_201) - shift }
    let test = WilcoxonTest(differences, differences.map { _ in 0 })
    #expect(!test.isExact && min(test.positive, test.negative) == least)
    // The relative error is of order n^(−3/2) (Daniels 1987), 6.8e-5.
    #expect(same(test.pValue, expected, 6.8e-5))
  }

  // MARK: Least attainable p values

  @Test(arguments: 1...12)
  func `the least attainable p value is that of pairs which all differ alike`(count: Int) {
    let all = (0..<count).map { Double($0) + 1 }
    let least = WilcoxonTest.leastAttainablePValue(pairs: count)
    #expect(WilcoxonTest(all, all.map { _ in 0 }).pValue == least)
    // No other signs of these differences have a smaller p value.
    for mask in 0..<(1 << min(count, 6)) {
      let turned = all.indices.map { mask >> $0 & 1 == 1 ? -all[$0] : all[$0] }
      #expect(WilcoxonTest(turned, all.map { _ in 0 }).pValue >= least)
    }
    #expect(WilcoxonTest.leastAttainablePValue(pairs: 0) == 1)
  }

  @Test func `the pairs needed are the fewest that can be significant after the adjustment`() {
    // 2/2⁵ = .0625 and 2/2⁶ = .03125; 21 pairs of seven optimizers: 21 · 2/2⁹ = .082, 21 · 2/2¹⁰ = .041.
    #expect(WilcoxonTest.pairsNeeded(comparisons: 1) == 6)
    #expect(WilcoxonTest.pairsNeeded(comparisons: 21) == 10)
    for comparisons in [1, 3, 10, 21, 595] {
      let needed = WilcoxonTest.pairsNeeded(comparisons: comparisons)
      func least(_ pairs: Int) -> Double {
        let one = WilcoxonTest.leastAttainablePValue(pairs: pairs)
        return holmAdjusted(Array(repeating: one, count: comparisons))[0]
      }
      #expect(least(needed) < 0.05 && least(needed - 1) >= 0.05)
      #expect(
        WilcoxonTest.leastAttainablePValue(pairs: needed, comparisons: comparisons) == least(needed)
      )
    }
  }

  @Test func `comparisons with different numbers of pairs each have their own least p value`() {
    // Holm: .0625 · 1 and .03125 · 2 are equal; a third with 2/2³ has .25.
    #expect(WilcoxonTest.leastAttainablePValues(pairs: [5, 6]) == [0.0625, 0.0625])
    #expect(WilcoxonTest.leastAttainablePValues(pairs: [3, 10, 10]) == [0.25, 6 / 1024, 6 / 1024])
  }

  @Test func `failures of both are no difference and of one the largest`() {
    let test = WilcoxonTest([.infinity, .infinity, 3], [.infinity, 1, 4])
    #expect(test.count == 2 && test.positive == 2 && test.negative == 1)
    #expect(WilcoxonTest([.infinity], [.infinity]).pValue == 1)
  }
}
