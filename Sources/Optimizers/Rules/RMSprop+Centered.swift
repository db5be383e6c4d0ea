extension RMSprop {
  /// Every option of the rule: three slots.
  ///
  /// A part that is switched off has a coefficient of exactly zero or one.
  struct CenteredUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var meanSquare: Scalar = 0
      var mean: Scalar = 0
      var velocity: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let average: ExponentialMovingAverage<Scalar>
    /// 1/(1 − decayᵗ), or 1 without bias correction.
    let meanScale: Scalar
    let centering: Scalar
    let momentum: Scalar
    /// The rate before and after the velocity; one of them is 1.
    let innerRate: Scalar
    let outerRate: Scalar
    let isNesterov: Bool
    let rootEpsilon: Scalar
    let epsilon: Scalar

    init(_ rule: RMSprop, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      average = ExponentialMovingAverage(beta: rule.decay)
      meanScale =
        rule.biasCorrection
        ? Scalar(
          1 / ExponentialMovingAverage<Double>.totalWeight(beta: rule.decay, step: context.step))
        : 1
      centering = rule.centered ? 1 : 0
      momentum = Scalar(rule.momentum)
      innerRate = rule.rateInVelocity ? Scalar(context.learningRate) : 1
      outerRate = rule.rateInVelocity ? 1 : Scalar(context.learningRate)
      isNesterov = rule.nesterov
      rootEpsilon = rule.epsilonInsideRoot ? Scalar(rule.epsilon) : 0
      epsilon = rule.epsilonInsideRoot ? 0 : Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
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
