import Foundation

extension UnaryFunction {
  @inline(__always)
  func value(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tan: Foundation.tan(x)
    case .asin: Foundation.asin(x)
    case .acos: Foundation.acos(x)
    case .atan: Foundation.atan(x)
    case .sinh: Foundation.sinh(x)
    case .cosh: Foundation.cosh(x)
    case .tanh: Foundation.tanh(x)
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .log10: Foundation.log10(x)
    case .log2: Foundation.log2(x)
    case .sqrt: x.squareRoot()
    case .abs: Swift.abs(x)
    }
  }

  /// Derivative at `x`, where the function has the value `value`; 0 for `abs` at 0.
  @inline(__always)
  func derivative(_ x: Double, value: Double) -> Double {
    switch self {
    case .negate: -1
    case .sin: Foundation.cos(x)
    case .cos: -Foundation.sin(x)
    case .tan: 1 + value * value
    case .asin: 1 / ((1 - x) * (1 + x)).squareRoot()
    case .acos: -1 / ((1 - x) * (1 + x)).squareRoot()
    case .atan: 1 / (1 + x * x)
    case .sinh: Foundation.cosh(x)
    case .cosh: Foundation.sinh(x)
    case .tanh: (1 - value) * (1 + value)
    case .exp: value
    case .log: 1 / x
    case .log10: 1 / (x * 2.302585092994046)
    case .log2: 1 / (x * 0.6931471805599453)
    case .sqrt: 0.5 / value
    case .abs: x > 0 ? 1 : x < 0 ? -1 : 0
    }
  }
}

extension BinaryFunction {
  @inline(__always)
  func value(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .pow: Foundation.pow(a, b)
    case .min: a.isNaN || b.isNaN ? .nan : a <= b ? a : b
    case .max: a.isNaN || b.isNaN ? .nan : a >= b ? a : b
    }
  }

  /// Derivatives by each argument where the function has the value `value`.
  @inline(__always)
  func derivatives(_ a: Double, _ b: Double, value: Double) -> (Double, Double) {
    switch self {
    case .add: (1, 1)
    case .subtract: (1, -1)
    case .multiply: (b, a)
    case .divide: (1 / b, -value / b)
    case .pow: (b == 0 ? 0 : b * Foundation.pow(a, b - 1), value * Foundation.log(a))
    case .min: a <= b ? (1, 0) : (0, 1)
    case .max: a >= b ? (1, 0) : (0, 1)
    }
  }
}

/// x to an integer power by squaring; 1 for the power 0.
@inline(__always)
func wholePower(_ x: Double, _ exponent: Int) -> Double {
  switch exponent {
  case 0: return 1
  case 1: return x
  case 2: return x * x
  case 3: return x * x * x
  default: break
  }
  var result = 1.0
  var square = x
  var rest = exponent.magnitude
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return exponent < 0 ? 1 / result : result
}
