import Foundation
public import Parameters

/// A winding ravine whose gradient is noisy: steep walls and a floor whose slope is smaller than the noise.
///
/// f(x, y) = ½κ(y − sin x)² + ¼x², with normal noise of standard deviation `gradient_noise` on each derivative unless a scenario sets it.
public struct NoisyRavine: Surface {
  public static let name = "noisy_ravine"
  public static let title = "Noisy ravine"
  public static let summary = "a curved ravine with steep walls and noisy gradients"
  public static let equation = "f(x, y) = ½ κ (y − sin x)² + ¼ x²"
  public static let source = "Sutton 1986 on ravines; this form is the project's own"
  public static let parameters: [Parameter<NoisyRavine>] = [
    Parameter(
      "condition_number", \.conditionNumber, .number(in: 1...1e12), "κ, the steepness of the walls")
  ]

  public var conditionNumber = 100.0

  public init() {}

  public var dimension: Int { 2 }
  /// On a wall, one bend away from the minimum.
  public var defaultStart: [Double] { [-4, 0] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -5...2, y: -2...2) }
  public var gradientNoise: Double { 1 }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [0, 0], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let height = y - sin(x)
    return 0.5 * conditionNumber * (height * height) + 0.25 * (x * x)
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let height = y - sin(x)
    let force = conditionNumber * height
    gradient[0] = 0.5 * x - force * cos(x)
    gradient[1] = force
    return 0.5 * conditionNumber * (height * height) + 0.25 * (x * x)
  }
}
