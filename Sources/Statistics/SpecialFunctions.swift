import Foundation

/// Distributions for statistical tests. The relative accuracy is about 10⁻¹² unless stated otherwise.
enum Distribution {
  /// P(Z > z) of the standard normal distribution: ½ erfc(z/√2).
  static func normalTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

  static func normalDensity(_ z: Double) -> Double {
    exp(-z * z / 2) / (2 * Double.pi).squareRoot()
  }

  /// P(X > x) of χ² with `degrees` degrees of freedom: Q(degrees/2, x/2).
  static func chiSquaredTail(_ x: Double, degrees: Double) -> Double {
    upperGamma(degrees / 2, x / 2)
  }

  /// P(X > x) of F with the given degrees of freedom: I of d₂/(d₂ + d₁x) at (d₂/2, d₁/2).
  static func fTail(_ x: Double, _ first: Double, _ second: Double) -> Double {
    guard x.isFinite else { return x.isNaN ? .nan : 0 }
    return x <= 0 ? 1 : incompleteBeta(second / 2, first / 2, second / (second + first * x))
  }

  /// P(|T| > t) of Student's distribution.
  static func studentTails(_ t: Double, degrees: Double) -> Double {
    fTail(t * t, 1, degrees)
  }

  /// t > 0 with P(T ≤ t) = `probability` > ½.
  static func studentQuantile(_ probability: Double, degrees: Double) -> Double {
    root(between: 0, 1e9) { 2 * (1 - probability) - studentTails($0, degrees: degrees) }
  }

  /// Zero of an increasing function.
  static func root(
    between lower: Double, _ upper: Double, of function: (Double) -> Double
  ) -> Double {
    var (lower, upper) = (lower, upper)
    while true {
      let middle = lower + (upper - lower) / 2
      guard middle > lower, middle < upper, upper - lower > 1e-14 * abs(middle) else {
        return middle
      }
      if function(middle) < 0 { lower = middle } else { upper = middle }
    }
  }

  /// Regularized upper incomplete gamma function Q(a, x): a series below a + 1, Legendre's continued fraction by Lentz's
  /// method above (Press et al., Numerical Recipes, section 6.2).
  static func upperGamma(_ a: Double, _ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    guard x.isFinite else { return 0 }
    let factor = exp(a * log(x) - x - lgamma(a))
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var index = a
      while abs(term) > 1e-17 * abs(sum) {
        index += 1
        term *= x / index
        sum += term
      }
      return 1 - sum * factor
    }
    let fraction = continuedFraction(first: x + 1 - a) { index in
      (-index * (index - a), x + 2 * index + 1 - a)
    }
    return factor / fraction
  }

  /// Regularized incomplete beta function (Press et al., Numerical Recipes, section 6.4).
  static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The continued fraction converges fast only on this side of the mean.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(b, a, 1 - x) }
    let factor = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    let fraction = continuedFraction(first: 1) { index in
      let half = (index / 2).rounded(.down)
      let isEven = index == 2 * half
      let term =
        isEven
        ? half * (b - half) * x / ((a + index - 1) * (a + index))
        : -(a + half) * (a + b + half) * x / ((a + index - 1) * (a + index))
      return (term, 1)
    }
    return factor / (a * fraction)
  }

  /// b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified Lentz method.
  private static func continuedFraction(
    first: Double, term: (Double) -> (Double, Double)
  ) -> Double {
    let tiny = 1e-300
    var value = first == 0 ? tiny : first
    var numerator = value
    var denominator = 0.0
    for index in 1...10_000 {
      let (a, b) = term(Double(index))
      denominator = b + a * denominator
      if denominator == 0 { denominator = tiny }
      numerator = b + a / numerator
      if numerator == 0 { numerator = tiny }
      denominator = 1 / denominator
      let change = numerator * denominator
      value *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return value
  }
}
