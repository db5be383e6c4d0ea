import Foundation
public import Parameters

/// Rastrigin's function: a bowl covered with a regular grid of local minima.
///
/// f(x) = 10n + Σᵢ xᵢ² − 10 cos 2πxᵢ (Rastrigin 1974; any n: Mühlenbein, Schomisch and Born 1991). There is a local minimum near every
/// point with integer coordinates, 11ⁿ of them within ±5.12; only the global one, at 0, is listed.
public struct Rastrigin: Surface {
  public static let name = "rastrigin"
  public static let title = "Rastrigin"
  public static let summary = "a bowl with a regular grid of local minima"
  public static let equation = "f(x) = Σ 10 + xᵢ² − 10 cos 2πxᵢ"
  public static let source = "Rastrigin 1974; Mühlenbein, Schomisch and Born 1991"
  public static let parameters: [Parameter<Rastrigin>] = [
    Parameter("dimension", \.dimension, .whole(1...1_000_000), "number of coordinates")
  ]

  public var dimension = 2

  public init() {}

  /// On the slopes between local minima.
  public var defaultStart: [Double] { (0..<dimension).map { $0.isMultiple(of: 2) ? 3.4 : -2.4 } }
  public var domain: SurfaceDomain { SurfaceDomain(x: -5.12...5.12, y: -5.12...5.12) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [Double](repeating: 0, count: dimension), value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    var sum = 0.0
    for index in 0..<dimension {
      let x = point[index]
      sum += x * x + 10 * (1 - cos(2 * .pi * x))
    }
    return sum
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    for index in 0..<dimension {
      let x = point[index]
      gradient[index] = 2 * x + 20 * .pi * sin(2 * .pi * x)
    }
    return value(at: point)
  }
}
