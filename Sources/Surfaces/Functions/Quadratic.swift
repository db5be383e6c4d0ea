import Foundation
public import Parameters
import Randomness

/// A quadratic bowl with a given spectrum, its axes rotated at random.
///
/// f(x) = ½ xᵀQx, Q = RᵀΛR with R drawn uniformly among rotations by a separate key: equal `rotation_seed`s give equal surfaces in all
/// runs.
public struct Quadratic: Surface {
  public static let name = "quadratic"
  public static let title = "Quadratic with a given spectrum"
  public static let summary = "a quadratic bowl with given eigenvalues and randomly rotated axes"
  public static let equation = "f(x) = ½ xᵀRᵀΛRx"
  public static let source = "rotations: Diaconis and Shahshahani 1987"
  public static let parameters: [Parameter<Quadratic>] = [
    Parameter(
      "rotation_seed", \.rotationSeed, .whole(0...1_000_000),
      "which random rotation of the axes; 0 for none"),
    Parameter(
      "eigenvalues", \.eigenvalues, .list(of: .number(in: 0...1e12), counts: 1...512),
      "eigenvalues of the Hessian, one per coordinate"),
  ]

  /// Ten eigenvalues from 1 to 1,000, evenly spaced in the logarithm.
  public var eigenvalues = (0..<10).map { pow(10, Double($0) / 3) } {
    didSet { form = Self.form(eigenvalues, rotationSeed) }
  }

  public var rotationSeed = 1 {
    didSet { form = Self.form(eigenvalues, rotationSeed) }
  }

  private var form: QuadraticForm

  public init() { form = Self.form(eigenvalues, rotationSeed) }

  private static func form(_ eigenvalues: [Double], _ seed: Int) -> QuadraticForm {
    let count = eigenvalues.count
    guard seed > 0 else {
      let identity = (0..<(count * count)).map { $0 % (count + 1) == 0 ? 1.0 : 0 }
      return QuadraticForm(eigenvalues: eigenvalues, rotation: identity)
    }
    var generator = RandomKey(masterSeed: UInt64(seed), purpose: .rotation).generator()
    let uniform = generator.uniform()
    let rotation = RandomRotation.matrix(
      dimension: count, angle: { uniform }, normal: { generator.normal() })
    return QuadraticForm(eigenvalues: eigenvalues, rotation: rotation)
  }

  public var dimension: Int { eigenvalues.count }
  /// All ones: with rotated axes, every eigenvalue contributes.
  public var defaultStart: [Double] { [Double](repeating: 1, count: dimension) }
  public var domain: SurfaceDomain { SurfaceDomain(x: -1.5...1.5, y: -1.5...1.5) }
  public var criticalPoints: [CriticalPoint] {
    [CriticalPoint(kind: .minimum, point: [Double](repeating: 0, count: dimension), value: 0)]
  }

  public func value(at point: Span<Double>) -> Double { form.value(at: point) }

  public func value(at point: Span<Double>, gradient: inout MutableSpan<Double>) -> Double {
    form.value(at: point, gradient: &gradient)
  }
}
