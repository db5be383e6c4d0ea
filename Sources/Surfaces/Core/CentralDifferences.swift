/// Numerical derivatives to check gradients with.
package enum CentralDifferences {
  /// Largest deviation of the gradient at `point` from (f(x + h) − f(x − h))/2h, relative to the largest of 1, |f| and |∂f|;
  /// NaN if any value is NaN.
  ///
  /// With h = 10⁻⁵·max(1, |x|) the differences have errors of h²·|f‴|/6 and rounding errors of about 2⁻⁵²·|f|/h: both are below
  /// 10⁻⁶ of that scale if |f‴| is at most about 10⁴ times the scale (Goldstein–Price, Rastrigin's (2π)³).
  package static func gradientError(of surface: some Surface, at point: [Double]) -> Double {
    var gradient = [Double](repeating: .nan, count: surface.dimension)
    var span = gradient.mutableSpan
    let value = surface.value(at: point.span, gradient: &span)
    let scale = max(1, abs(value), gradient.map(abs).max() ?? 0)
    let errors = point.indices.map { index -> Double in
      let h = 1e-5 * max(1, abs(point[index]))
      var ahead = point
      var behind = point
      ahead[index] += h
      behind[index] -= h
      let difference =
        (surface.value(at: ahead.span) - surface.value(at: behind.span))
        / (ahead[index] - behind[index])
      return abs(difference - gradient[index]) / scale
    }
    return errors.contains(where: \.isNaN) ? .nan : errors.max() ?? 0
  }
}
