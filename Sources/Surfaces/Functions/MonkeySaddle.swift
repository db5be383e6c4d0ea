public import Parameters

/// The monkey saddle: three descending directions, for two legs and a tail, and a Hessian that vanishes at the saddle point.
///
/// f(x, y) = x³ − 3xy². The saddle point is degenerate: its Hessian is zero.
public struct MonkeySaddle: Surface {
  public static let name = "monkey_saddle"
  public static let title = "Monkey saddle"
  public static let summary =
    "a saddle with three ways down, whose Hessian vanishes at the saddle point"
  public static let equation = "f(x, y) = x³ − 3xy²"
  public static let source = "Hilbert and Cohn-Vossen 1932, section 29"
  public static let parameters: [Parameter<MonkeySaddle>] = []

  public init() {}

  public var dimension: Int { 2 }
  public var isBoundedBelow: Bool { false }
  /// Almost on a ridge, along which the gradient decreases with the square of the distance.
  public var defaultStart: [Double] { [1, 0.001] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -1.5...1.5, y: -1.5...1.5) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .saddle, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    return x * (x * x - 3 * (y * y))
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    gradient[0] = 3 * (x * x - y * y)
    gradient[1] = -6 * (x * y)
    return value(at: point)
  }
}
