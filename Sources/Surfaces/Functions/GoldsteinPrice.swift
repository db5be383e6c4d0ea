public import Parameters

/// The Goldstein–Price function: four minima whose depths differ by a factor of 280, gradients up to 10⁶.
///
/// f(x, y) = [1 + (x + y + 1)²(19 − 14x + 3x² − 14y + 6xy + 3y²)] · [30 + (2x − 3y)²(18 − 32x + 12x² + 48y − 36xy + 27y²)].
/// In s = x + y and d = 2x − 3y the brackets are 1 + (s + 1)²(19 − 14s + 3s²) and 30 + d²(18 − 16d + 3d²).
public struct GoldsteinPrice: Surface {
  public static let name = "goldstein_price"
  public static let title = "Goldstein–Price"
  public static let summary = "four minima of very different depth, with gradients up to 10⁶"
  public static let equation =
    "f(x, y) = [1 + (s + 1)² (19 − 14s + 3s²)] [30 + d² (18 − 16d + 3d²)], s = x + y, d = 2x − 3y"
  public static let source = "Goldstein and Price 1971"
  public static let parameters: [Parameter<GoldsteinPrice>] = []

  public init() {}

  public var dimension: Int { 2 }
  /// A steep wall above the highest of the minima.
  public var defaultStart: [Double] { [1.5, 1.5] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -2...2.5, y: -2...2) }
  public var criticalPoints: [CriticalPoint] {
    [
      CriticalPoint(kind: .minimum, point: [0, -1], value: 3),
      CriticalPoint(kind: .minimum, point: [-0.6, -0.4], value: 30),
      CriticalPoint(kind: .minimum, point: [1.8, 0.2], value: 84),
      CriticalPoint(kind: .minimum, point: [1.2, 0.8], value: 840),
      CriticalPoint(kind: .saddle, point: [-0.4, -0.6], value: 35),
      CriticalPoint(kind: .saddle, point: [1.2, -0.2], value: 99),
      CriticalPoint(kind: .saddle, point: [1.4, 0.6], value: 980),
      CriticalPoint(kind: .saddle, point: [0.6, 0.4], value: 990),
    ]
  }

  public func value(at point: Span<Double>) -> Double {
    let s = point[0] + point[1]
    let d = 2 * point[0] - 3 * point[1]
    return (1 + (s + 1) * (s + 1) * (19 - 14 * s + 3 * (s * s)))
      * (30 + d * d * (18 - 16 * d + 3 * (d * d)))
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let s = point[0] + point[1]
    let d = 2 * point[0] - 3 * point[1]
    let first = 1 + (s + 1) * (s + 1) * (19 - 14 * s + 3 * (s * s))
    let second = 30 + d * d * (18 - 16 * d + 3 * (d * d))
    // d/ds (s + 1)²(19 − 14s + 3s²) = 12(s + 1)(s − 1)(s − 2); d/dd d²(18 − 16d + 3d²) = 12d(d − 1)(d − 3).
    let alongSum = 12 * (s + 1) * (s - 1) * (s - 2) * second
    let alongDifference = 12 * d * (d - 1) * (d - 3) * first
    gradient[0] = alongSum + 2 * alongDifference
    gradient[1] = alongSum - 3 * alongDifference
    return first * second
  }
}
