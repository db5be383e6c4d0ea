/// The updates of LaProp, which differ in their memory.
extension LaProp {
  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = step.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      step.move(&parameter, gradient, &memory.mean, moment: memory.meanSquare)
    }
  }

  struct Centered<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
      var meanGradient: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = step.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      memory.meanGradient = step.meanSquare.next(after: memory.meanGradient, value: gradient)
      step.move(
        &parameter, gradient, &memory.mean,
        moment: step.centered(memory.meanSquare, memory.meanGradient))
    }
  }

  struct Largest<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
      var largestMeanSquare: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = step.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      memory.largestMeanSquare = memory.meanSquare.visibleMaximum(with: memory.largestMeanSquare)
      step.move(&parameter, gradient, &memory.mean, moment: memory.largestMeanSquare)
    }
  }

  struct LargestCentered<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
      var meanGradient: Scalar = 0
      var largestVariance: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = step.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      memory.meanGradient = step.meanSquare.next(after: memory.meanGradient, value: gradient)
      let variance = step.centered(memory.meanSquare, memory.meanGradient)
      memory.largestVariance = variance.visibleMaximum(with: memory.largestVariance)
      step.move(&parameter, gradient, &memory.mean, moment: memory.largestVariance)
    }
  }
}
