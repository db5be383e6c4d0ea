public import Parameters

extension RMSprop {
  static let optionHyperparameters: [Parameter<RMSprop>] = [
    Parameter(
      "centered", \.centered, "divides by the standard deviation instead of the root mean square"),
    .nesterov(\.nesterov),
    // As optax has it; the same at a constant learning rate.
    Parameter(
      "rate_in_velocity", \.rateInVelocity,
      "multiplies the gradient by the learning rate before it enters the velocity"),
    .biasCorrection(\.biasCorrection),
    // As optax has it by default.
    .epsilonInsideRoot(\.epsilonInsideRoot),
  ]

  public var conflicts: [Conflict] {
    [Conflict](
      (momentum == 0 && nesterov, "nesterov", "has no effect without momentum"),
      (momentum == 0 && rateInVelocity, "rate_in_velocity", "has no effect without momentum"))
  }

  public static var momentumPath: WritableKeyPath<RMSprop, Double>? { \.momentum }
  /// Without momentum, the rule keeps no velocity that a schedule could change.
  public var hasMomentum: Bool { momentum > 0 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    centered || momentum > 0 || biasCorrection || epsilonInsideRoot
      ? .elementwise(count: layout.count, form: gradient) {
        CenteredUpdate<Scalar>(scheduled(by: $0), at: $0)
      }
      : .elementwise(count: layout.count, form: gradient) {
        Update<Scalar>(scheduled(by: $0), at: $0)
      }
  }

  /// Every option of the rule: three slots.
  ///
  /// A part that is switched off has a coefficient of exactly zero or one.
  struct CenteredUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var meanSquare: Scalar = 0
      var mean: Scalar = 0
      var velocity: Scalar = 0
    }

    let average: ExponentialMovingAverage<Scalar>
    /// 1/(1 − decayᵗ), or 1 without bias correction.
    let meanScale: Scalar
    let centering: Scalar
    let momentum: Scalar
    /// The learning rate before and after the velocity; one of them is 1.
    let innerRate: Scalar
    let outerRate: Scalar
    let isNesterov: Bool
    let (rootEpsilon, epsilon): (Scalar, Scalar)

    init(_ rule: RMSprop, at context: StepContext) {
      average = ExponentialMovingAverage(beta: rule.decay)
      meanScale = rule.biasCorrection ? context.correction(of: rule.decay) : 1
      centering = rule.centered ? 1 : 0
      momentum = Scalar(rule.momentum)
      innerRate = rule.rateInVelocity ? Scalar(context.learningRate) : 1
      outerRate = rule.rateInVelocity ? 1 : Scalar(context.learningRate)
      isNesterov = rule.nesterov
      (rootEpsilon, epsilon) = context.epsilons(rule.epsilon, insideRoot: rule.epsilonInsideRoot)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = average.next(after: memory.meanSquare, value: gradient * gradient)
      memory.mean = average.next(after: memory.mean, value: gradient)
      let mean = memory.mean * meanScale
      let difference = memory.meanSquare * meanScale - centering * (mean * mean)
      // Rounding takes the variance of a steady gradient below zero; NaN is no such case and passes.
      let variance = difference < 0 ? 0 : difference
      let step =
        innerRate * gradient / ((variance + rootEpsilon).vectorSquareRoot + epsilon)
      memory.velocity = momentum * memory.velocity + step
      let ahead = step + momentum * memory.velocity
      parameter -= outerRate * (isNesterov ? ahead : memory.velocity)
    }
  }
}
