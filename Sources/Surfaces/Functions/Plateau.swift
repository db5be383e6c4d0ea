public import Parameters

/// A well in a wide plateau, on which the gradient decreases with the cube of the distance.
///
/// f(x, y) = s/(1 + s), s = x² + 4y²: the Geman–McClure loss of a distance. Rules that normalize gradients cross the plateau
/// at their usual speed; others barely move.
public struct Plateau: Surface {
  public static let name = "plateau"
  public static let title = "Plateau"
  public static let summary = "a well in a wide plateau where the gradient is tiny"
  public static let equation = "f(x, y) = s/(1 + s), s = x² + 4y²"
  public static let source = "Geman and McClure 1985 (the loss)"
  public static let parameters: [Parameter<Plateau>] = []

  public init() {}

  public var dimension: Int { 2 }
  public var defaultStart: [Double] { [4, 1.5] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -3...5, y: -2.5...2.5) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let s = point[0] * point[0] + 4 * (point[1] * point[1])
    return s / (1 + s)
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let s = point[0] * point[0] + 4 * (point[1] * point[1])
    let fading = 1 / ((1 + s) * (1 + s))
    gradient[0] = 2 * point[0] * fading
    gradient[1] = 8 * point[1] * fading
    return s / (1 + s)
  }
}
