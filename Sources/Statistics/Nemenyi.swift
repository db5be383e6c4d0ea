/// Nemenyi test: critical difference of the average ranks of two of k treatments (Nemenyi 1963; Demšar 2006, section 3.2.2).
///
/// CD = q √(k(k + 1)/(6n)), with q the (1 − α) quantile of the studentized range with infinitely many degrees of freedom, divided by √2.
package enum Nemenyi {
  package static func criticalDifference(
    treatments: Int, blocks: Int, significance: Double = 0.05
  ) -> Double {
    precondition(treatments >= 2 && blocks >= 1, "a difference needs two treatments and a block")
    let k = Double(treatments)
    return criticalValue(treatments: treatments, significance: significance)
      * (k * (k + 1) / (6 * Double(blocks))).squareRoot()
  }

  /// q/√2, as tabulated by Demšar (2006, table 5a).
  package static func criticalValue(treatments: Int, significance: Double = 0.05) -> Double {
    precondition(
      (0..<1).contains(significance) && significance > 0, "a significance level is between 0 and 1")
    return Distribution.root(between: 0, 40) {
      rangeProbability($0, treatments: treatments) - (1 - significance)
    } / 2.0.squareRoot()
  }

  /// P value of a difference of average ranks: the probability that the range of k normal values exceeds it.
  package static func pValue(difference: Double, treatments: Int, blocks: Int) -> Double {
    let k = Double(treatments)
    return pValue(
      difference: difference, standardError: (k * (k + 1) / (6 * Double(blocks))).squareRoot(),
      treatments: treatments)
  }

  /// P value of a difference of average ranks with another standard error, as over the blocks that two treatments share.
  package static func pValue(
    difference: Double, standardError: Double, treatments: Int
  ) -> Double {
    let probability = rangeProbability(
      abs(difference) / standardError * 2.0.squareRoot(), treatments: treatments)
    return min(1, max(0, 1 - probability))
  }

  /// P(range of k standard normal values ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))ᵏ⁻¹ dz.
  ///
  /// By the trapezoidal rule, whose error falls faster than any power of the step for such an integrand; steps of 1/16 give 10⁻¹³.
  private static func rangeProbability(_ q: Double, treatments: Int) -> Double {
    let step = 1.0 / 16
    var sum = 0.0
    for index in -160...(160 + Int(min(q, 40) * 16)) {
      let z = Double(index) * step
      let inside = Distribution.normalTail(z - q) - Distribution.normalTail(z)
      var power = 1.0
      for _ in 1..<treatments { power *= inside }
      sum += Distribution.normalDensity(z) * power
    }
    return Double(treatments) * sum * step
  }
}
