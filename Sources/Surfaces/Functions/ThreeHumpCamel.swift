public import Parameters

/// The three-hump camel: one global minimum between two local ones.
///
/// f(x, y) = 2x² − 1.05x⁴ + x⁶/6 + xy + y². On the critical points y = −x/2, and x² solves x⁴ − 4.2x² + 3.5 = 0 or is 0.
public struct ThreeHumpCamel: Surface {
  public static let name = "three_hump_camel"
  public static let title = "Three-hump camel"
  public static let summary = "one global minimum between two local ones"
  public static let equation = "f(x, y) = 2x² − 1.05x⁴ + x⁶/6 + xy + y²"
  public static let source = "Dixon and Szegö 1975"
  public static let parameters: [Parameter<ThreeHumpCamel>] = []

  public init() {}

  public var dimension: Int { 2 }
  /// Beyond a local minimum: momentum carries through it into the global one.
  public var defaultStart: [Double] { [2, 1.5] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -2.4...2.4, y: -1.8...1.8) }
  public var criticalPoints: [CriticalPoint] {
    let local = (x: 1.7475523458302888, y: 0.8737761729151444, value: 0.2986384422368598)
    let pass = (x: 1.07054229182366, y: 0.53527114591183, value: 0.8773615577631402)
    return [
      CriticalPoint(kind: .minimum, point: [0, 0], value: 0),
      CriticalPoint(kind: .minimum, point: [local.x, -local.y], value: local.value),
      CriticalPoint(kind: .minimum, point: [-local.x, local.y], value: local.value),
      CriticalPoint(kind: .saddle, point: [pass.x, -pass.y], value: pass.value),
      CriticalPoint(kind: .saddle, point: [-pass.x, pass.y], value: pass.value),
    ]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let square = x * x
    return square * (2 - 1.05 * square + square * square / 6) + x * y + y * y
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let square = x * x
    gradient[0] = x * (4 - 4.2 * square + square * square) + y
    gradient[1] = x + 2 * y
    return value(at: point)
  }
}
