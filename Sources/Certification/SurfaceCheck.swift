import Parameters
import Surfaces

/// Checks surfaces without any reference: gradients by central differences, known points by what they claim.
package enum SurfaceCheck {
  /// The findings of every surface of the catalogue at its default parameters.
  package static func shipped() -> [Finding] {
    SurfaceCatalogue.all.flatMap { findings(for: $0.init()) }
  }

  static func findings<S: Surface>(for surface: S) -> [Finding] {
    let start = surface.defaultStart
    let points = [0, 0.3, -0.7].map { shift in
      start.enumerated().map { $1 + shift * ($0.isMultiple(of: 2) ? 1 : -0.5) }
    }
    let gradients = points.map { CentralDifferences.gradientError(of: surface, at: $0) }
    let critical = surface.criticalPoints.map { pointError(of: surface, at: $0) }
    return [
      // Derived where the differences are taken.
      finding(S.name, "gradient", gradients, tolerance: 1e-6),
      finding(S.name, "known_points", critical, tolerance: 1e-9),
    ]
  }

  private static func finding(
    _ name: String, _ quantity: String, _ errors: [Double], tolerance: Double
  ) -> Finding {
    let worst = errors.contains(where: \.isNaN) ? .infinity : errors.max() ?? 0
    return Finding(
      name: name, quantity: quantity, verdict: worst <= tolerance ? .agrees : .differs,
      worstError: worst, tolerance: tolerance, step: nil,
      remark: "\(errors.count) point\(errors.count == 1 ? "" : "s")")
  }

  /// The larger of the gradient's largest entry and the deviation of the value. A point given to double precision leaves
  /// a gradient of at most 2⁻⁵³·|x|·|f″|, below 10⁻⁹ on the surfaces that ship.
  private static func pointError(of surface: some Surface, at critical: CriticalPoint) -> Double {
    var gradient = [Double](repeating: .nan, count: surface.dimension)
    var span = gradient.mutableSpan
    let value = surface.value(at: critical.point.span, gradient: &span)
    let errors = gradient.map(abs) + [abs(value - critical.value) / max(1, abs(critical.value))]
    return errors.contains(where: \.isNaN) ? .nan : errors.max() ?? 0
  }
}
