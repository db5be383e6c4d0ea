/// A change of the gradient before the update rule. Transforms compose: each one gets the result of the one before.
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
