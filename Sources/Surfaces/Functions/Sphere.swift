public import Parameters

/// The isotropic bowl in any number of dimensions: the easiest problem.
///
/// f(x) = Σᵢ xᵢ².
public struct Sphere: Surface {
  public static let name = "sphere"
  public static let title = "Sphere"
  public static let summary = "an isotropic quadratic bowl, the easiest problem"
  public static let equation = "f(x) = Σ xᵢ²"
  public static let source = "De Jong 1975, function F1"
  public static let parameters: [Parameter<Sphere>] = [
    Parameter("dimension", \.dimension, .whole(1...1_000_000), "number of coordinates")
  ]

  public var dimension = 2

  public init() {}

  /// Unequal coordinates: the gradient points at the minimum, but rules that scale each coordinate do not follow it.
  public var defaultStart: [Double] { (0..<dimension).map { $0.isMultiple(of: 2) ? 5 : 1 } }
  public var domain: SurfaceDomain { SurfaceDomain(x: -6...6, y: -4...4) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [Double](repeating: 0, count: dimension), value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    var sum = 0.0
    for index in 0..<dimension { sum += point[index] * point[index] }
    return sum
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    for index in 0..<dimension { gradient[index] = 2 * point[index] }
    return value(at: point)
  }
}
