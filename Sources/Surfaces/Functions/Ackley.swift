import Foundation
public import Parameters

/// Ackley's function: a nearly flat outer region with many local minima around a pointed funnel.
///
/// f(x) = 20 + e − 20 exp(−0.2 √(Σxᵢ²/n)) − exp(Σcos(2πxᵢ)/n). The minimum at 0 is a point where the gradient does not exist; it is taken
/// to be 0 there. Only this one of the many minima is listed.
public struct Ackley: Surface {
  public static let name = "ackley"
  public static let title = "Ackley"
  public static let summary =
    "a nearly flat outer region with many local minima around a central funnel"
  public static let equation = "f(x) = 20 + e − 20 exp(−0.2 √(Σ xᵢ²/n)) − exp(Σ cos(2πxᵢ)/n)"
  public static let source = "Ackley 1987; any n: Bäck 1996"
  public static let parameters: [Parameter<Ackley>] = [
    Parameter("dimension", \.dimension, .whole(1...1_000_000), "number of coordinates")
  ]

  public var dimension = 2

  public init() {}

  /// Outside the funnel, several local minima away.
  public var defaultStart: [Double] { (0..<dimension).map { $0.isMultiple(of: 2) ? 2.6 : -1.4 } }
  public var domain: SurfaceDomain { SurfaceDomain(x: -4...4, y: -4...4) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [Double](repeating: 0, count: dimension), value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let means = means(of: point)
    // Written as differences that are exactly 0 at the minimum.
    return -20 * expm1(-0.2 * means.radius) + (exp(1) - exp(means.cosine))
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let means = means(of: point)
    let count = Double(dimension)
    // d/dxᵢ of the radius is xᵢ/(n·radius).
    let funnel = means.radius > 0 ? 4 * exp(-0.2 * means.radius) / (count * means.radius) : 0
    let dents = 2 * .pi * exp(means.cosine) / count
    for index in 0..<dimension {
      gradient[index] = funnel * point[index] + dents * sin(2 * .pi * point[index])
    }
    return -20 * expm1(-0.2 * means.radius) + (exp(1) - exp(means.cosine))
  }

  private func means(of point: Span<Double>) -> (radius: Double, cosine: Double) {
    var squares = 0.0
    var cosines = 0.0
    for index in 0..<dimension {
      squares += point[index] * point[index]
      cosines += cos(2 * .pi * point[index])
    }
    return ((squares / Double(dimension)).squareRoot(), cosines / Double(dimension))
  }
}
