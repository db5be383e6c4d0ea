public import Parameters

/// Himmelblau's function: four minima of equal depth around one hill.
///
/// f(x, y) = (x² + y − 11)² + (x + y² − 7)². All critical points except (3, 2) are irrational; they are rounded to the nearest double,
/// from Newton's method with 50 digits.
public struct Himmelblau: Surface {
  public static let name = "himmelblau"
  public static let title = "Himmelblau"
  public static let summary = "four minima of equal depth around one hill"
  public static let equation = "f(x, y) = (x² + y − 11)² + (x + y² − 7)²"
  public static let source = "Himmelblau 1972, problem 29"
  public static let parameters: [Parameter<Himmelblau>] = []

  public init() {}

  public var dimension: Int { 2 }
  /// Between two basins: momentum and scaling decide which of the four minima is reached.
  public var defaultStart: [Double] { [0, -3] }
  public var domain: SurfaceDomain { SurfaceDomain(x: -5...5, y: -5...5) }
  public var criticalPoints: [CriticalPoint] {
    [
      CriticalPoint(kind: .minimum, point: [3, 2], value: 0),
      CriticalPoint(kind: .minimum, point: [-2.805118086952745, 3.131312518250573], value: 0),
      CriticalPoint(kind: .minimum, point: [-3.779310253377747, -3.2831859912861696], value: 0),
      CriticalPoint(kind: .minimum, point: [3.5844283403304917, -1.8481265269644036], value: 0),
      CriticalPoint(
        kind: .saddle, point: [3.385154183607021, 0.07385187983774928], value: 13.31192627040559),
      CriticalPoint(
        kind: .saddle, point: [0.08667750455539636, 2.884254701174776], value: 67.71915008752615),
      CriticalPoint(
        kind: .saddle, point: [-3.0730257507643897, -0.08135304428796751],
        value: 104.0151629175581),
      CriticalPoint(
        kind: .saddle, point: [-0.12796134673068008, -1.9537149802445763],
        value: 178.33723920192747),
    ]
  }

  public func value(at point: Span<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let first = x * x + y - 11
    let second = x + y * y - 7
    return first * first + second * second
  }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    let (x, y) = (point[0], point[1])
    let first = x * x + y - 11
    let second = x + y * y - 7
    gradient[0] = 4 * x * first + 2 * second
    gradient[1] = 2 * first + 4 * y * second
    return first * first + second * second
  }
}
