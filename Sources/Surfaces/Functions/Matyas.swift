public import Parameters

/// Matyas's function: a quadratic bowl whose flat axis is the diagonal, with condition number 25.
///
/// f(x, y) = 0.26(x² + y²) − 0.48xy. The eigenvalues of the Hessian are 0.04 and 1.
public struct Matyas: Surface {
  public static let name = "matyas"
  public static let title = "Matyas"
  public static let summary =
    "a quadratic bowl whose flat axis is the diagonal, with condition number 25"
  public static let equation = "f(x, y) = 0.26 (x² + y²) − 0.48 xy"
  public static let source = "Jamil and Yang 2013, function 71"
  public static let parameters: [Parameter<Matyas>] = []

  public init() {}

  public var dimension: Int { 2 }
  /// Near the flat diagonal, which no scaling of the coordinates removes.
  public var defaultStart: [Double] { [8, 3] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -6...10, y: -6...10) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    return 0.26 * (x * x + y * y) - 0.48 * (x * y)
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    gradient[0] = 0.52 * x - 0.48 * y
    gradient[1] = 0.52 * y - 0.48 * x
    return value(at: point)
  }
}
