extension Adam {
  /// The mean square in the denominator never falls (Reddi, Kale and Kumar 2018, Algorithm 2).
  struct AMSGradUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
      var largestMeanSquare: Scalar = 0
    }

    let initialMemory = Memory()
    let moments: Moments<Scalar>
    /// 1 − αλ of decoupled weight decay; 1 without.
    let shrinkage: Scalar
    /// Corrects a mean square before the maximum, or is 1 where the root is corrected after it.
    let squareScale: Scalar
    let root: RootDenominator<Scalar>

    init(_ rule: Adam, at context: StepContext, decoupledDecay: Double = 0) {
      moments = Moments(rule, at: context)
      shrinkage = context.remainder(ofDecay: decoupledDecay)
      if rule.amsgradOrder == .correctionFirst, rule.biasCorrection {
        squareScale = context.correction(of: rule.beta2)
        root = RootDenominator(beta: nil, epsilon: rule.epsilon, at: context)
      } else {
        squareScale = 1
        root = moments.root
      }
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = moments.direction.apply(gradient, at: parameter)
      memory.mean = moments.mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = moments.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      // In this order a NaN mean square wins, so divergence stays visible.
      let newest = memory.meanSquare * squareScale
      memory.largestMeanSquare =
        memory.largestMeanSquare >= newest ? memory.largestMeanSquare : newest
      parameter =
        parameter * shrinkage - moments.rate * memory.mean / root.of(memory.largestMeanSquare)
    }
  }
}
