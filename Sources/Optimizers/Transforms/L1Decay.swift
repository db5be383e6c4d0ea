/// The subgradient of an L1 penalty, added to the gradient; pulls every parameter towards 0 at one speed.
///
/// g ← g + λ·sign(θ), with sign(0) = 0 (Tibshirani 1996 for the penalty λ·Σ|θ|).
public struct L1Decay: GradientTransform, Hashable {
  /// λ, at least 0.
  public var strength: Double

  public init(strength: Double) {
    precondition(strength >= 0, "a penalty is not negative")
    self.strength = strength
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func apply<Scalar: KernelScalar>(
    to gradients: inout MutableSpan<Scalar>, parameters: Span<Scalar>, layout: ParameterLayout
  ) {
    let strength = Scalar(strength)
    for index in gradients.indices {
      let parameter = parameters[index]
      let pull = parameter > 0 ? strength : (parameter < 0 ? -strength : 0)
      gradients[index] += pull
    }
  }
}
