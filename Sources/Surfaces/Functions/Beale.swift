public import Parameters

/// Beale's function: flat along a cross, with walls that rise to 10⁵ in the corners.
///
/// f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)².
public struct Beale: Surface {
  public static let name = "beale"
  public static let title = "Beale"
  public static let summary = "flat along a cross, with steep walls in the corners"
  public static let equation =
    "f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²"
  public static let source = "Beale 1958; Moré, Garbow and Hillstrom 1981, problem 5"
  public static let parameters: [Parameter<Beale>] = []

  public init() {}

  public var dimension: Int { 2 }
  /// Above the saddle point at (0, 1): gradient descent moves toward it and then along the flat valley.
  public var defaultStart: [Double] { [1, 1.5] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -1...4.5, y: -3...2) }
  public var criticalPoints: [CriticalPoint] {
    [
      CriticalPoint(kind: .minimum, point: [3, 0.5], value: 0),
      CriticalPoint(kind: .saddle, point: [0, 1], value: 14.203125),
      CriticalPoint(
        kind: .saddle, point: [0.10053793732415836, -2.644513585023125], value: 9.86451228475556),
    ]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let first = 1.5 - x + x * y
    let second = 2.25 - x + x * (y * y)
    let third = 2.625 - x + x * (y * y * y)
    return first * first + second * second + third * third
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let square = y * y
    let cube = y * y * y
    let first = 1.5 - x + x * y
    let second = 2.25 - x + x * square
    let third = 2.625 - x + x * cube
    gradient[0] = 2 * (first * (y - 1) + second * (square - 1) + third * (cube - 1))
    gradient[1] = 2 * x * (first + 2 * y * second + 3 * square * third)
    return first * first + second * second + third * third
  }
}
