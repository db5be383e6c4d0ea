import Foundation
public import Parameters

/// An elongated bowl whose level sets are ellipses; condition number 1 is the isotropic circle.
///
/// f(x, y) = ½(u² + κv²), (u, v) being (x, y) in axes rotated by φ: u = x cos φ + y sin φ, v = y cos φ − x sin φ. The
/// eigenvalues of the Hessian are 1 and κ, so κ is its condition number. Rotated axes separate the rules that scale each
/// coordinate from those that do not depend on the axes.
public struct Ellipse: Surface {
  public static let name = "ellipse"
  public static let title = "Elongated ellipse"
  public static let summary = "a quadratic bowl with elliptical level sets"
  public static let equation = "f(x, y) = ½ (x² + κ y²), in axes rotated by φ"
  public static let source = "Boyd and Vandenberghe 2004, section 9.3.2"
  public static let parameters: [Parameter<Ellipse>] = [
    Parameter(
      "condition_number", \.conditionNumber, .number(in: 1...1e12),
      "κ, the condition number; 1 is a circle"),
    Parameter(
      "rotation", \.rotation, .number(in: -180...180),
      "φ, rotation of the axes in degrees, counterclockwise"),
  ]

  public var conditionNumber = 100.0

  /// In degrees, counterclockwise.
  public var rotation = 0.0 {
    didSet {
      cosine = cos(rotation * .pi / 180)
      sine = sin(rotation * .pi / 180)
    }
  }

  private var cosine = 1.0
  private var sine = 0.0

  public init() {}

  public var dimension: Int { 2 }
  public var formula: String { rotation == 0 ? "f(x, y) = ½ (x² + κ y²)" : Self.equation }

  /// Far out along the flat axis: the learning rate that the steep axis allows is slow here.
  public var defaultStart: [Double] {
    rotation == 0 ? [10, 1] : [10 * cosine - sine, 10 * sine + cosine]
  }

  public var domain: SurfaceDomain {
    let level = SurfaceDomain(x: -4...12, y: -1.5...1.5)
    guard rotation != 0 else { return level }
    let corners = [level.x.lowerBound, level.x.upperBound].flatMap { u in
      [level.y.lowerBound, level.y.upperBound].map { v in
        (x: u * cosine - v * sine, y: u * sine + v * cosine)
      }
    }
    let x = corners.map(\.x)
    let y = corners.map(\.y)
    return SurfaceDomain(
      x: (x.min() ?? 0)...(x.max() ?? 0), y: (y.min() ?? 0)...(y.max() ?? 0))
  }

  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let (u, v) = turned(point)
    return 0.5 * (u * u + conditionNumber * (v * v))
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (u, v) = turned(point)
    let steep = conditionNumber * v
    if rotation == 0 {
      gradient[0] = u
      gradient[1] = steep
    } else {
      gradient[0] = u * cosine - steep * sine
      gradient[1] = u * sine + steep * cosine
    }
    return 0.5 * (u * u + conditionNumber * (v * v))
  }

  /// The point in the axes of the ellipse; unchanged without rotation, infinities included.
  private func turned(_ point: Span<Double>) -> (u: Double, v: Double) {
    guard rotation != 0 else { return (point[0], point[1]) }
    return (
      point[0] * cosine + point[1] * sine, point[1] * cosine - point[0] * sine
    )
  }
}
