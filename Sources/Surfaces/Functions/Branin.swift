import Foundation
public import Parameters

/// The Branin–Hoo function: three minima of equal depth.
///
/// f(x, y) = (y − 5.1x²/(4π²) + 5x/π − 6)² + 10(1 − 1/(8π)) cos x + 10. Where the square vanishes and so does sin x, the gradient
/// does: that gives the minima at x = −π, π and 3π in closed form.
public struct Branin: Surface {
  public static let name = "branin"
  public static let title = "Branin"
  public static let summary = "three minima of equal depth"
  public static let equation =
    "f(x, y) = (y − 5.1x²/(4π²) + 5x/π − 6)² + 10 (1 − 1/(8π)) cos x + 10"
  public static let source = "Branin 1972; constants of Dixon and Szegö 1978"
  public static let parameters: [Parameter<Branin>] = []

  static let bend = 5.1 / (4 * Double.pi * Double.pi)
  static let slope = 5 / Double.pi
  static let height = 10 * (1 - 1 / (8 * Double.pi))

  public init() {}

  public var dimension: Int { 2 }
  /// High above the valley between two minima.
  public var defaultStart: [Double] { [2.5, 12.5] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -5...12, y: -1...15) }
  public var criticalPoints: [CriticalPoint] {
    let lowest = 0.3978873577297383
    let pass = 19.60211264227026
    return [
      CriticalPoint(kind: .minimum, point: [-3.141592653589793, 12.275], value: lowest),
      CriticalPoint(kind: .minimum, point: [3.141592653589793, 2.275], value: lowest),
      CriticalPoint(kind: .minimum, point: [9.42477796076938, 2.475], value: lowest),
      CriticalPoint(kind: .saddle, point: [0, 6], value: pass),
      CriticalPoint(kind: .saddle, point: [6.283185307179586, 1.1], value: pass),
    ]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let distance = y - Self.bend * (x * x) + Self.slope * x - 6
    return distance * distance + Self.height * cos(x) + 10
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let distance = y - Self.bend * (x * x) + Self.slope * x - 6
    gradient[0] = 2 * distance * (Self.slope - 2 * Self.bend * x) - Self.height * sin(x)
    gradient[1] = 2 * distance
    return distance * distance + Self.height * cos(x) + 10
  }
}
