import Foundation

extension WilcoxonTest {
  /// P value for many pairs by the saddlepoint approximation of a tail (Lugannani and Rice 1980; Daniels 1987, section 6).
  ///
  /// T = W − Σr/2 is a sum of independent ±r/2, with K(t) = Σ log cosh(rt/2). With K′(s) = x, w² = 2(sx − K(s)) and
  /// v = s√K″(s): P(T ≥ x) ≈ 1 − Φ(w) + φ(w)(1/v − 1/w). Unlike the normal approximation, whose relative error grows with
  /// the distance from the mean, it has a relative error of order n⁻¹ or less everywhere. Sums are half a unit apart from
  /// the bound, as a correction for continuity.
  static func saddlepointPValue(ranks: [Double], least: Double) -> Double {
    let halves = ranks.map { $0 / 2 }
    let distance = halves.reduce(0, +) - least - 0.5
    let variance = halves.reduce(0) { $0 + $1 * $1 }
    let z = distance / variance.squareRoot()
    // Near the mean both fractions grow without bound, and the normal approximation is accurate to order z²/n.
    guard z > 0.01 else { return min(1, 2 * Distribution.normalTail(z)) }
    let point = Distribution.root(between: 0, 200) { t in
      halves.reduce(0) { $0 + $1 * tanh($1 * t) } - distance
    }
    let cumulant = halves.reduce(0) { sum, half in
      let argument = half * point
      return sum + argument + log1p(exp(-2 * argument)) - log(2)
    }
    let curvature = halves.reduce(0) { sum, half in
      let slope = half / cosh(min(half * point, 350))
      return sum + slope * slope
    }
    let w = (2 * (point * distance - cumulant)).squareRoot()
    let v = point * curvature.squareRoot()
    let tail = Distribution.normalTail(w) + Distribution.normalDensity(w) * (1 / v - 1 / w)
    return min(1, max(0, 2 * tail))
  }
}
