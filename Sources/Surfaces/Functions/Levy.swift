import Foundation
public import Parameters

/// Levy's function: waves on a bowl that grow with the distance.
///
/// f(x) = sin² πw₁ + Σᵢ (wᵢ − 1)²(1 + 10 sin²(πwᵢ + 1)) + (wₙ − 1)²(1 + sin² 2πwₙ), wᵢ = 1 + (xᵢ − 1)/4, i = 1…n−1. Written in
/// v = w − 1 the squares of sines keep their values and the minimum is exactly 0. Only the lowest of the many minima is listed.
public struct Levy: Surface {
  public static let name = "levy"
  public static let title = "Levy"
  public static let summary = "a bowl with waves that grow with the distance from the minimum"
  public static let equation =
    "f(x) = sin² πv₁ + Σ vᵢ² (1 + 10 sin²(πvᵢ + 1)) + vₙ² (1 + sin² 2πvₙ), v = (x − 1)/4"
  public static let source = "Levy and Montalvo 1985; Laguna and Martí 2005"
  public static let parameters: [Parameter<Levy>] = [
    Parameter("dimension", \.dimension, .whole(2...1_000_000), "number of coordinates")
  ]

  public var dimension = 2

  public init() {}

  /// Several waves away from the minimum.
  public var defaultStart: [Double] { (0..<dimension).map { $0.isMultiple(of: 2) ? -7 : 8 } }
  public var domain: SurfaceDomain { SurfaceDomain(x: -10...10, y: -10...10) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [Double](repeating: 1, count: dimension), value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let last = dimension - 1
    var sum = squared(sin(.pi * scaled(point[0])))
    for index in 0..<last {
      let v = scaled(point[index])
      sum += v * v * (1 + 10 * squared(sin(.pi * v + 1)))
    }
    let v = scaled(point[last])
    return sum + v * v * (1 + squared(sin(2 * .pi * v)))
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let last = dimension - 1
    // All derivatives are by v; those by x are a quarter of them. 2 sin a cos a = sin 2a.
    for index in 0..<last {
      let v = scaled(point[index])
      let wave = sin(.pi * v + 1)
      gradient[index] =
        0.25
        * (2 * v * (1 + 10 * (wave * wave)) + v * v * 10 * .pi * sin(2 * (.pi * v + 1)))
    }
    let v = scaled(point[last])
    let wave = sin(2 * .pi * v)
    gradient[last] = 0.25 * (2 * v * (1 + wave * wave) + v * v * 2 * .pi * sin(4 * .pi * v))
    gradient[0] += 0.25 * .pi * sin(2 * .pi * scaled(point[0]))
    return value(at: point)
  }

  private func scaled(_ x: Double) -> Double { 0.25 * (x - 1) }
  private func squared(_ x: Double) -> Double { x * x }
}
