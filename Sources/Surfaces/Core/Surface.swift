public import Parameters

/// A differentiable function of a few coordinates: its parameters shape it.
///
/// Adding one takes one file here and one line in `SurfaceCatalogue`.
public protocol Surface: CatalogueEntry {
  /// For headings.
  static var title: String { get }

  /// Number of coordinates.
  var dimension: Int { get }

  /// Where optimizers start unless a scenario says otherwise; `dimension` values.
  var defaultStart: [Double] { get }

  /// The part of the plane of the first two coordinates that is worth drawing.
  var domain: SurfaceDomain { get }

  /// Known minimisers and saddle points.
  var criticalPoints: [CriticalPoint] { get }

  /// Deviation of the normal noise on each derivative where nothing else is asked for.
  var gradientNoise: Double { get }

  /// What training on mini-batches adds to the gradient; `nil` where the surface is no mean over data.
  var batchNoise: BatchNoise? { get }

  /// Whether there is a lowest value, so that a lower one is a better one. Below a surface without one, losses tell who has been falling
  /// longest.
  var isBoundedBelow: Bool { get }

  /// Texts that shape the function, by name; part of every result's key.
  var texts: [String: String] { get }

  /// The equation with the present settings, where that is simpler than the general one.
  var formula: String { get }

  /// The function at `point`, `dimension` coordinates.
  func value(at point: Span<Double>) -> Double

  /// The function at `point` and, in `gradient`, its derivatives; `dimension` values each.
  func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double

  /// See the implementation that every surface has; a requirement, so that each gets a loop of its own.
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
