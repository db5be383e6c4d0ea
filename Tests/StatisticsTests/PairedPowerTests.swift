import Statistics
import Testing

/// How many pairs a paired test needs.
@Suite struct PairedPowerTests {
  /// statsmodels 0.14, `TTestPower().power(d, n, alpha, alternative='two-sided')`.
  private static let known: [(Int, Double, Double, Double)] = [
    (2, 1.0, 0.05, 0.09280915505633597), (5, 1, 0.05, 0.4013899173717948),
    (10, 0.5, 0.01, 0.1026975095395999), (30, 0.3, 0.05, 0.35546273116552496),
    (200, 0.2, 0.001, 0.3083685043944566), (1000, 0.1, 0.05, 0.8847890988907138),
  ]

  @Test(arguments: known)
  func `the power of Student's test is that of statsmodels`(
    pairs: Int, effect: Double, significance: Double, power: Double
  ) {
    for sign in [1.0, -1] {
      let own = PairedPower.student.power(
        pairs: pairs, effect: sign * effect, significance: significance)
      // The series stops at 10⁻¹³; statsmodels' quantiles are accurate to some 10⁻¹².
      #expect(abs(own - power) < 1e-10)
    }
  }

  /// The same: the first n with at least that power, for effects of 0.2, 0.5, 0.8, 1, 1.5, 2 and 3. At the level 0.001 and effects
  /// from 1.5, statsmodels' noncentral t is not a number for some n; there, the integral of Φ(δ − t√(v/ν)) over the χ² density of v
  /// (scipy.integrate.quad): power 0.649 with 6 pairs and 0.869 with 7 for an effect of 3.
  private static let needed: [(power: Double, significance: Double, pairs: [Int])] = [
    (0.8, 0.05, [199, 34, 15, 10, 6, 5, 4]), (0.95, 0.05, [327, 54, 23, 16, 8, 6, 4]),
    (0.8, 0.05 / 6, [307, 52, 23, 16, 9, 7, 5]), (0.95, 0.05 / 6, [463, 77, 33, 22, 12, 9, 6]),
    (0.8, 0.001, [433, 74, 33, 23, 13, 10, 7]), (0.95, 0.001, [615, 103, 44, 30, 17, 12, 8]),
  ]

  @Test(arguments: needed)
  func `the pairs that Student's test needs are those of statsmodels`(
    power: Double, significance: Double, pairs: [Int]
  ) {
    let own = [0.2, 0.5, 0.8, 1, 1.5, 2, 3].map {
      PairedPower.student.pairsNeeded(effect: $0, power: power, significance: significance)
    }
    #expect(own == pairs)
  }

  /// Shares of 200,000 samples (NumPy, `default_rng(1).normal(d, 1, n)`) whose sum of ranks is in the rejection region of the exact
  /// test; `scipy.stats.wilcoxon(method='exact')` rejected the same ones. Their standard error is 0.001.
  private static let simulated: [(Int, Double, Double, Double)] = [
    (6, 1, 0.05, 0.3554), (6, 2, 0.05, 0.8711), (7, 1.5, 0.05, 0.8797), (8, 1, 0.05, 0.6093),
    (10, 1, 0.05, 0.7849), (10, 1.5, 0.01, 0.8649), (12, 0.8, 0.05, 0.6685),
    (15, 0.8, 0.05, 0.8014), (20, 0.8, 0.01, 0.729), (35, 0.5, 0.05, 0.8014),
    (50, 0.4, 0.05, 0.7742), (10, 3, 0.05 / 6, 0.9999), (12, 2, 0.05 / 21, 0.9499),
  ]

  @Test(arguments: simulated)
  func `the power of Wilcoxon's test is near what simulations find`(
    pairs: Int, effect: Double, significance: Double, power: Double
  ) {
    let own = PairedPower.wilcoxon.power(
      pairs: pairs, effect: effect, significance: significance)
    #expect(abs(own - power) < 0.025)
  }

  @Test func `too few pairs for Wilcoxon's test are never enough, whatever the effect`() {
    // 2/2⁵ is above 0.05, 2/2⁶ below; WilcoxonTest says the same.
    #expect(PairedPower.fewestPairs(significance: 0.05) == 6)
    for pairs in 1...12 {
      let least = WilcoxonTest(
        (0..<pairs).map { Double($0 + 1) }, [Double](repeating: 0, count: pairs)
      ).pValue
      for significance in [0.05, 0.01, 0.05 / 21, least] {
        let canReject =
          PairedPower.wilcoxon.power(
            pairs: pairs, effect: 50, significance: significance) > 0
        #expect(canReject == (pairs >= 2 && least <= significance))
        #expect(
          (pairs >= PairedPower.fewestPairs(significance: significance)) == (least <= significance))
      }
    }
    #expect(
      PairedPower.wilcoxon.pairsNeeded(effect: 50, power: 0.99, significance: 0.05) == 6)
    #expect(
      PairedPower.wilcoxon.pairsNeeded(effect: 1e-6, power: 0.8, significance: 0.05) == nil)
  }
}
