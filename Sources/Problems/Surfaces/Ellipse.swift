/// An elongated bowl whose level sets are ellipses; condition number 1 is the isotropic circle.
///
/// f(x, y) = ½(x² + κy²). The eigenvalues of the Hessian are 1 and κ, so κ is its condition number.
public struct Ellipse: Surface {
  public static let name = "ellipse"
  public static let title = "Elongated ellipse"
  public static let formula = "f(x, y) = ½ (x² + κ y²)"
  public static let source = "Boyd and Vandenberghe 2004, section 9.3.2"
  public static let parameters: [SurfaceParameter<Ellipse>] = [
    SurfaceParameter(
      "condition_number", \.conditionNumber, in: 1...1e12,
      "κ, how much steeper y is than x; 1 is a circle")
  ]

  public var conditionNumber = 100.0

  public init() {}

  public var dimension: Int { 2 }
  /// Far out along the flat axis: dividing the rate by κ to survive the steep one leaves most of the way to go.
  public var defaultStart: [Double] { [10, 1] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -4...12, y: -1.5...1.5) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    0.5 * (point[0] * point[0] + conditionNumber * (point[1] * point[1]))
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    gradient[0] = point[0]
    gradient[1] = conditionNumber * point[1]
    return value(at: point)
  }
}
