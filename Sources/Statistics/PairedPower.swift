import Foundation

/// How often a two-sided test of paired differences rejects, and how many pairs that takes.
///
/// Differences are independent and normal; their mean is `effect` standard deviations (Cohen's d_z).
package enum PairedPower: Sendable {
  /// Student's test.
  case student
  /// Wilcoxon's signed-rank test.
  case wilcoxon

  /// Pairs above which Wilcoxon's test attains its significance level closely enough.
  private static let exactLimit = 50
  /// Asymptotic efficiency of Wilcoxon's test relative to Student's at normal differences (Hodges and Lehmann 1956).
  private static let efficiency = 3 / Double.pi

  /// The probability that `pairs` pairs reject at `significance`.
  ///
  /// Student's: P(|T| > t₁₋α⸝₂) for T noncentral with n − 1 degrees of freedom and noncentrality d√n (Cohen 1988, section 2.5).
  /// Wilcoxon's: the same with 3n/π pairs, at the level that the exact test attains with n; within 0.025 of simulations.
  package func power(pairs: Int, effect: Double, significance: Double) -> Double {
    guard pairs >= 2 else { return 0 }
    switch self {
    case .student:
      return Self.student(pairs: Double(pairs), effect: effect, significance: significance)
    case .wilcoxon:
      let level =
        pairs > Self.exactLimit
        ? significance : Self.attainedLevel(pairs: pairs, significance: significance)
      guard level > 0 else { return 0 }
      if level == Self.leastLevel(pairs: pairs) {
        // It rejects only if all differences have the same sign.
        let share = Distribution.normalTail(effect)
        return pow(share, Double(pairs)) + pow(1 - share, Double(pairs))
      }
      return Self.student(
        pairs: Double(pairs) * Self.efficiency, effect: effect, significance: level)
    }
  }

  /// The fewest pairs with at least that power; `nil` if more than `limit`.
  ///
  /// - Parameters:
  ///   - effect: Not 0.
  ///   - power: Between 0 and 1, as is `significance`.
  package func pairsNeeded(
    effect: Double, power: Double, significance: Double, limit: Int = 10_000
  ) -> Int? {
    func isEnough(_ pairs: Int) -> Bool {
      self.power(pairs: pairs, effect: effect, significance: significance) >= power
    }
    // Below this number the levels of Wilcoxon's test are few, and its power may fall with one more pair.
    if let few = (2...Self.exactLimit).first(where: isEnough) { return few }
    guard isEnough(limit) else { return nil }
    var (low, high) = (Self.exactLimit, limit)
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }

  private static func student(pairs: Double, effect: Double, significance: Double) -> Double {
    let degrees = pairs - 1
    guard degrees > 0 else { return 0 }
    let bound = Distribution.studentQuantile(1 - significance / 2, degrees: degrees)
    let noncentrality = abs(effect) * pairs.squareRoot()
    return 1 - noncentralStudent(bound, degrees: degrees, noncentrality)
      + 1 - noncentralStudent(bound, degrees: degrees, -noncentrality)
  }

  /// P(T ≤ t) of the noncentral t distribution for t > 0 (Lenth 1989, algorithm AS 243).
  static func noncentralStudent(
    _ t: Double, degrees: Double, _ noncentrality: Double
  ) -> Double {
    // e^(−δ²/2) would vanish; then T exceeds every bound of interest, or none.
    guard abs(noncentrality) < 37 else { return noncentrality > 0 ? 0 : 1 }
    let x = t * t / (degrees + t * t)
    let half = noncentrality * noncentrality / 2
    var even = exp(-half)
    var odd = noncentrality * exp(-half) / (2.0.squareRoot() * tgamma(1.5))
    var sum = 0.0
    var left = 1 - exp(-half)
    for index in 0..<10_000 {
      let j = Double(index)
      sum +=
        even * Distribution.incompleteBeta(j + 0.5, degrees / 2, x) + odd
        * Distribution.incompleteBeta(j + 1, degrees / 2, x)
      // The weights that are left bound what is left of the sum.
      if index > Int(half), left < 1e-13 { break }
      even *= half / (j + 1)
      odd *= half / (j + 1.5)
      left -= even
    }
    return min(1, max(0, Distribution.normalTail(noncentrality) + sum / 2))
  }

  /// The largest significance level up to `significance` that the exact signed-rank test has with that number of pairs without ties;
  /// 0 if it cannot reject.
  static func attainedLevel(pairs: Int, significance: Double) -> Double {
    let total = pairs * (pairs + 1) / 2
    // Probability of each sum of ranks: every rank is in it with probability ½.
    var share = [Double](repeating: 0, count: total + 1)
    share[0] = 1
    for rank in 1...pairs {
      for sum in stride(from: total, through: 0, by: -1) {
        share[sum] = 0.5 * (share[sum] + (sum >= rank ? share[sum - rank] : 0))
      }
    }
    var level = 0.0
    var tail = 0.0
    for probability in share {
      tail += probability
      guard 2 * tail <= significance * (1 + 1e-12) else { break }
      level = 2 * tail
    }
    return level
  }

  /// The least p value of the exact signed-rank test: 2/2ⁿ.
  private static func leastLevel(pairs: Int) -> Double { pow(2, Double(1 - pairs)) }

  /// The fewest pairs with which the exact signed-rank test can reject at all at `significance`.
  package static func fewestPairs(significance: Double) -> Int {
    Int((1 - log2(significance)).rounded(.up))
  }
}
