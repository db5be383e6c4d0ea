public import Parameters

/// The six-hump camel function: six minima, two of them global.
///
/// f(x, y) = (4 − 2.1x² + x⁴/3)x² + xy + (4y² − 4)y², symmetric about the origin. Critical points to the nearest double, from Newton's method
/// with 50 digits.
public struct SixHumpCamel: Surface {
  public static let name = "six_hump_camel"
  public static let title = "Six-hump camel"
  public static let summary = "six minima, two of them global"
  public static let equation = "f(x, y) = (4 − 2.1x² + x⁴/3) x² + xy + (4y² − 4) y²"
  public static let source = "Dixon and Szegö 1978"
  public static let parameters: [Parameter<SixHumpCamel>] = []

  public init() {}

  public var dimension: Int { 2 }
  /// Above the highest of the minima; momentum carries past it.
  public var defaultStart: [Double] { [2, 1] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -2.1...2.1, y: -1.2...1.2) }
  public var criticalPoints: [CriticalPoint] {
    let half: [CriticalPoint] = [
      CriticalPoint(
        kind: .minimum, point: [-0.08984201310031806, 0.7126564030207396],
        value: -1.0316284534898774),
      CriticalPoint(
        kind: .minimum, point: [-1.703606714969981, 0.7960835686726251],
        value: -0.21546382438371764),
      CriticalPoint(
        kind: .minimum, point: [1.6071047529201972, 0.5686514548841314],
        value: 2.1042503103112584),
      CriticalPoint(
        kind: .saddle, point: [-1.1092053368047865, 0.7682680925095399],
        value: 0.5437186009781851),
      CriticalPoint(
        kind: .saddle, point: [1.6380679841897785, 0.22867406904439408],
        value: 2.2293571975307147),
      CriticalPoint(
        kind: .saddle, point: [1.2960702671671092, 0.6050843880386585], value: 2.22947081802986),
    ]
    let other = half.map {
      CriticalPoint(kind: $0.kind, point: $0.point.map { -$0 }, value: $0.value)
    }
    return half + other + [CriticalPoint(kind: .saddle, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let square = x * x
    let height = y * y
    return (4 - 2.1 * square + square * square / 3) * square + x * y + (4 * height - 4) * height
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let square = x * x
    gradient[0] = x * (8 - 8.4 * square + 2 * (square * square)) + y
    gradient[1] = x + y * (16 * (y * y) - 8)
    return value(at: point)
  }
}
