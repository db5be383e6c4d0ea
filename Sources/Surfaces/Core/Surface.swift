public import Parameters

/// A differentiable function of a few coordinates, with parameters that define its shape.
///
/// To add one, add a file here and a line in `SurfaceCatalogue`.
public protocol Surface: CatalogueEntry {
  /// Name for headings.
  static var title: String { get }

  /// Number of coordinates.
  var dimension: Int { get }

  /// The starting point unless a scenario sets another; `dimension` values.
  var defaultStart: [Double] { get }

  /// The part of the plane of the first two coordinates that charts show.
  var domain: SurfaceDomain { get }

  /// Known minimizers and saddle points.
  var criticalPoints: [CriticalPoint] { get }

  /// Default standard deviation of the normal noise on each derivative.
  var gradientNoise: Double { get }

  /// The term of a mini-batch in the gradient; `nil` if the surface is not a mean over data.
  var batchNoise: BatchNoise? { get }

  /// Whether the function has a lowest value, so that lower is better. On an unbounded surface, the loss only shows how long a run has
  /// been descending.
  var isBoundedBelow: Bool { get }

  /// Texts that define the function, by name; part of the content key of every trial.
  var texts: [String: String] { get }

  /// The equation with the present settings, where that is simpler than the general one.
  var formula: String { get }

  /// Value at `point`, which has `dimension` coordinates.
  func value(at point: Span<Double>) -> Double

  /// Value at `point` and, in `gradient`, its derivatives; `dimension` values each.
  func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double

  /// See the implementation that every surface has; a requirement, so that each surface gets its own specialized loop.
  func manyGradients(
    at points: Span<Double>, count: Int, into gradients: inout MutableSpan<Double>)
}

extension Surface {
  public var gradientNoise: Double { 0 }
  public var isBoundedBelow: Bool { true }
  public var batchNoise: BatchNoise? { nil }
  public var texts: [String: String] { [:] }
  public var formula: String { Self.equation }
}

/// A rectangle in the plane.
public struct SurfaceDomain: Hashable, Sendable {
  public var x: ClosedRange<Double>
  public var y: ClosedRange<Double>

  public init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    self.x = x
    self.y = y
  }
}

/// A point where the gradient vanishes.
public struct CriticalPoint: Hashable, Sendable {
  public enum Kind: String, Sendable { case minimum, saddle }
  public var kind: Kind
  public var point: [Double]
  public var value: Double

  public init(kind: Kind, point: [Double], value: Double) {
    self.kind = kind
    self.point = point
    self.value = value
  }
}
