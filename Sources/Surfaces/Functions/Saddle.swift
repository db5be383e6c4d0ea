public import Parameters

/// A saddle: up along one axis, down along the other, unbounded below.
///
/// f(x, y) = x² − y². The default start is almost on the ridge, where the negative gradient points to the saddle point.
public struct Saddle: Surface {
  public static let name = "saddle"
  public static let title = "Saddle"
  public static let summary = "down along one axis, up along the other, unbounded below"
  public static let equation = "f(x, y) = x² − y²"
  public static let source = "Dauphin et al. 2014 on why saddles matter"
  public static let parameters: [Parameter<Saddle>] = []

  public init() {}

  public var dimension: Int { 2 }
  public var isBoundedBelow: Bool { false }
  public var defaultStart: [Double] { [1, 0.001] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -1.5...1.5, y: -1.5...1.5) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .saddle, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    point[0] * point[0] - point[1] * point[1]
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    gradient[0] = 2 * point[0]
    gradient[1] = -2 * point[1]
    return value(at: point)
  }
}
