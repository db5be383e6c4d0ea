/// The gradient that a rule sees: of the loss or of its negative, with L2 weight decay added.
///
/// g ← ±g + λθ; with λ = 0 and no maximisation the value is g itself, bit for bit, for finite parameters.
struct GradientDirection<Scalar: KernelScalar>: Sendable {
  let sign: Scalar
  let weightDecay: Scalar

  init(weightDecay: Double, maximize: Bool) {
    sign = maximize ? -1 : 1
    self.weightDecay = Scalar(weightDecay)
  }

  @inline(__always)
  func apply(_ gradient: Scalar, at parameter: Scalar) -> Scalar {
    sign * gradient + weightDecay * parameter
  }
}
