/// Something done to a gradient before any rule sees it. Transforms compose: one works on what the former left.
///
/// Taking gradients and applying them are steps of their own: between the two, anyone may change the gradient, by a
/// transform or by hand.
public protocol GradientTransform: Sendable {
  /// Changes `gradients` in place.
  ///
  /// Conforming types mark it `@specialized` for `Float` and `Double`.
  ///
  /// - Parameters:
  ///   - gradients: `layout.count` values.
  ///   - parameters: where the gradient was taken, `layout.count` values.
  /// - Complexity: O(*n*).
  func apply<Scalar: KernelScalar>(
    to gradients: inout MutableSpan<Scalar>, parameters: Span<Scalar>, layout: ParameterLayout)
}
