/// The gradient that a rule sees: of the loss, or of its negative to maximize it, with the L2 penalty's gradient added.
///
/// g ← ±g + λθ; with λ = 0 and no maximization it is g itself, bit for bit, for finite parameters. The step kernel applies
/// it in the same pass as the rule.
public struct GradientForm: Hashable, Sendable {
  /// λ of the L2 penalty ½λ‖θ‖², at least 0.
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  init(weightDecay: Double, maximize: Bool = false) {
    self.weightDecay = weightDecay
    self.maximize = maximize
  }
}

/// An update after the gradient was given its form.
struct FormedUpdate<Base: CoordinateUpdate>: CoordinateUpdate {
  typealias Scalar = Base.Scalar

  let base: Base
  let sign: Scalar
  let weightDecay: Scalar

  @inline(__always)
  init(_ base: Base, _ form: GradientForm) {
    self.base = base
    sign = form.maximize ? -1 : 1
    weightDecay = Scalar(form.weightDecay)
  }

  @inline(__always)
  var initialMemory: Base.Memory { base.initialMemory }

  @inline(__always)
  func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Base.Memory) {
    let formed = sign * gradient + weightDecay * parameter
    base.update(&parameter, gradient: formed, memory: &memory)
  }
}
