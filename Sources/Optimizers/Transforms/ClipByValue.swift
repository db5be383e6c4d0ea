/// Clips each entry of the gradient to ± a limit.
///
/// g ← min(max(g, −limit), limit) (Mikolov 2012, section 3.2.2). NaN stays NaN: a diverged run must show.
public struct ClipByValue: GradientTransform, Hashable {
  public var limit: Double

  /// - Parameter limit: above 0.
  public init(limit: Double) {
    precondition(limit > 0, "the limit is above 0")
    self.limit = limit
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func apply<Scalar: KernelScalar>(
    to gradients: inout MutableSpan<Scalar>, parameters: Span<Scalar>, layout: ParameterLayout
  ) {
    let limit = Scalar(limit)
    for index in gradients.indices {
      let gradient = gradients[index]
      let lowered = gradient > limit ? limit : gradient
      gradients[index] = lowered < -limit ? -limit : lowered
    }
  }
}
