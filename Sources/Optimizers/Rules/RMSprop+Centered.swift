extension RMSprop {
  /// Centred, with momentum, or both: three slots.
  ///
  /// Either part that is switched off has a coefficient of exactly zero.
  struct CenteredUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var meanSquare: Scalar = 0
      var mean: Scalar = 0
      var velocity: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let average: ExponentialMovingAverage<Scalar>
    let centering: Scalar
    let momentum: Scalar
    let rate: Scalar
    let epsilon: Scalar

    init(_ rule: RMSprop, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      average = ExponentialMovingAverage(beta: rule.decay)
      centering = rule.centered ? 1 : 0
      momentum = Scalar(rule.momentum)
      rate = Scalar(context.learningRate)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      memory.meanSquare = average.next(after: memory.meanSquare, value: gradient * gradient)
      memory.mean = average.next(after: memory.mean, value: gradient)
      let difference = memory.meanSquare - centering * (memory.mean * memory.mean)
      // Rounding takes the variance of a steady gradient below zero; NaN is no such case and passes.
      let variance = difference < 0 ? 0 : difference
      memory.velocity =
        momentum * memory.velocity + gradient / (variance.vectorSquareRoot + epsilon)
      parameter -= rate * memory.velocity
    }
  }
}
