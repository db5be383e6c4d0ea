public import Parameters

/// Rosenbrock's banana valley in any number of dimensions.
///
/// f(x) = Σᵢ (1 − xᵢ)² + 100 (xᵢ₊₁ − xᵢ²)², i = 1…n−1 (Rosenbrock 1960; the sum: De Jong 1975).
public struct Rosenbrock: Surface {
  public static let name = "rosenbrock"
  public static let title = "Rosenbrock"
  public static let summary = "a long curved valley with a flat floor"
  public static let equation = "f(x) = Σ (1 − xᵢ)² + 100 (xᵢ₊₁ − xᵢ²)²"
  public static let source = "Rosenbrock 1960"
  public static let parameters: [Parameter<Rosenbrock>] = [
    Parameter("dimension", \.dimension, .whole(2...1_000_000), "number of coordinates")
  ]

  public var dimension = 2

  public init() {}

  /// Rosenbrock's start (−1.2, 1), repeated (Moré, Garbow and Hillstrom 1981, problem 21).
  public var defaultStart: [Double] {
    (0..<dimension).map { $0.isMultiple(of: 2) ? -1.2 : 1 }
  }

  public var domain: SurfaceDomain { SurfaceDomain(x: -2...2, y: -1...3) }

  /// The minimizer (1, …, 1). From four dimensions on there is another local one near (−1, 1, …, 1), which has no closed form.
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [Double](repeating: 1, count: dimension), value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    var sum = 0.0
    for index in 0..<(dimension - 1) {
      let bend = point[index + 1] - point[index] * point[index]
      let slope = 1 - point[index]
      sum += slope * slope + 100 * bend * bend
    }
    return sum
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    var sum = 0.0
    gradient[0] = 0
    for index in 0..<(dimension - 1) {
      let bend = point[index + 1] - point[index] * point[index]
      let slope = 1 - point[index]
      sum += slope * slope + 100 * bend * bend
      gradient[index] += -2 * slope - 400 * point[index] * bend
      gradient[index + 1] = 200 * bend
    }
    return sum
  }
}
