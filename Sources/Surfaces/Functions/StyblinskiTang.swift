public import Parameters

/// The Styblinski–Tang function: a double well along each coordinate.
///
/// f(x) = ½ Σᵢ xᵢ⁴ − 16xᵢ² + 5xᵢ. The derivative along one coordinate is 2x³ − 16x + 2.5, whose roots are two minima and a maximum; their combinations
/// are the 2ⁿ minima. In two dimensions all critical points are listed, otherwise only the global minimum.
public struct StyblinskiTang: Surface {
  public static let name = "styblinski_tang"
  public static let title = "Styblinski–Tang"
  public static let summary = "a double well along each coordinate"
  public static let equation = "f(x) = ½ Σ xᵢ⁴ − 16xᵢ² + 5xᵢ"
  public static let source = "Styblinski and Tang 1990"
  public static let parameters: [Parameter<StyblinskiTang>] = [
    Parameter("dimension", \.dimension, .whole(1...1_000_000), "number of coordinates")
  ]

  /// Roots of 2x³ − 16x + 2.5 and the function there, to the nearest double.
  private static let deep = (x: -2.903534027771177, value: -39.16616570377142)
  private static let ridge = (x: 0.1567312567803401, value: 0.19561235905535807)
  private static let shallow = (x: 2.746802770990837, value: -25.02944665528394)

  public var dimension = 2

  public init() {}

  /// Near the ridge between the wells, on the shallow side.
  public var defaultStart: [Double] { (0..<dimension).map { $0.isMultiple(of: 2) ? 0.3 : 3.8 } }
  public var domain: SurfaceDomain { SurfaceDomain(x: -4.2...4.2, y: -4.2...4.2) }
  public var criticalPoints: [CriticalPoint] {
    guard dimension == 2 else {
      return [
        CriticalPoint(
          kind: .minimum, point: [Double](repeating: Self.deep.x, count: dimension),
          value: Self.deep.value * Double(dimension))
      ]
    }
    let roots = [Self.deep, Self.shallow, Self.ridge]
    return roots.indices.flatMap { first in
      roots.indices.compactMap { second in
        let maxima = (first == 2 ? 1 : 0) + (second == 2 ? 1 : 0)
        guard maxima < 2 else { return nil }
        return CriticalPoint(
          kind: maxima == 0 ? .minimum : .saddle, point: [roots[first].x, roots[second].x],
          value: roots[first].value + roots[second].value)
      }
    }
  }

  public func value(at point: Span<Double>) -> Double {
    var sum = 0.0
    for index in 0..<dimension {
      let x = point[index]
      let square = x * x
      sum += square * (square - 16) + 5 * x
    }
    return 0.5 * sum
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    for index in 0..<dimension {
      let x = point[index]
      gradient[index] = x * (2 * (x * x) - 16) + 2.5
    }
    return value(at: point)
  }
}
