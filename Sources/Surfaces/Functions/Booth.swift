public import Parameters

/// Booth's function: a quadratic bowl with rotated axes and condition number 9.
///
/// f(x, y) = (x + 2y − 7)² + (2x + y − 5)².
public struct Booth: Surface {
  public static let name = "booth"
  public static let title = "Booth"
  public static let summary = "a quadratic bowl with rotated axes and condition number 9"
  public static let equation = "f(x, y) = (x + 2y − 7)² + (2x + y − 5)²"
  public static let source = "Jamil and Yang 2013, function 17"
  public static let parameters: [Parameter<Booth>] = []

  public init() {}

  public var dimension: Int { 2 }
  /// On neither axis of the bowl.
  public var defaultStart: [Double] { [-8, 2] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -10...10, y: -8...12) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [1, 3], value: 0)]
  }

  public func value(at point: Span<Double>) -> Double {
    let first = point[0] + 2 * point[1] - 7
    let second = 2 * point[0] + point[1] - 5
    return first * first + second * second
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let first = point[0] + 2 * point[1] - 7
    let second = 2 * point[0] + point[1] - 5
    gradient[0] = 2 * first + 4 * second
    gradient[1] = 4 * first + 2 * second
    return first * first + second * second
  }
}
