extension Adam {
  /// The mean square in the denominator never falls: maximum first, bias correction after, as PyTorch has it
  /// (Reddi, Kale and Kumar 2018, Algorithm 2).
  struct AMSGradUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
      var largestMeanSquare: Scalar = 0
    }

    let initialMemory = Memory()
    let moments: Moments<Scalar>

    init(_ rule: Adam, at context: StepContext) {
      moments = Moments(rule, at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = moments.direction.apply(gradient, at: parameter)
      memory.mean = moments.mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = moments.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      // In this order a NaN mean square wins, so divergence stays visible.
      memory.largestMeanSquare =
        memory.largestMeanSquare >= memory.meanSquare
        ? memory.largestMeanSquare : memory.meanSquare
      parameter -= moments.step(mean: memory.mean, meanSquare: memory.largestMeanSquare)
    }
  }
}
