extension MARS {
  /// The step of one tensor.
  struct Step<Scalar: KernelScalar> {
    private let rule: MARS
    private let plan: Plan
    private let memory: Memory
    private let context: StepContext
    private let beta1: Double
    private let beta2: Double
    private let rate: Double
    private let sign: Scalar
    private let decay: DecayAtRate<Scalar>

    /// State of the tensor; some of it is not there where it is not used.
    struct Memory {
      var mean: UnsafeMutablePointer<Scalar>
      var meanSquare: UnsafeMutablePointer<Scalar>?
      var largest: UnsafeMutablePointer<Scalar>?
      var former: UnsafeMutablePointer<Scalar>?
    }

    init(_ rule: MARS, _ plan: Plan, _ memory: Memory, at context: StepContext) {
      self.rule = rule
      self.plan = plan
      self.memory = memory
      self.context = context
      sign = rule.maximize ? -1 : 1
      let factor = plan.isCorrected ? 1 : rule.vectorLearningRate / rule.learningRate
      rate = context.learningRate * factor
      (beta1, beta2) =
        plan.isCorrected ? (rule.beta1, rule.beta2) : (rule.vectorBeta1, rule.vectorBeta2)
      decay = DecayAtRate(
        plan.isCorrected ? rule.weightDecay : rule.vectorWeightDecay, decoupled: rule.decoupled,
        fixed: rule.fixedDecay, rate: rate)
    }

    @inline(__always)
    func run(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      scratch: UnsafeMutablePointer<Scalar>?
    ) {
      let count = plan.shape.count
      let mask = average(gradients)
      keepGradient(gradients, parameters)
      switch plan.form {
      case .adamw: descend(parameters, gradients, mask)
      case .lion:
        let rate = Scalar(rate)
        for index in 0..<count {
          let direction = masked(memory.mean[index], gradients[index], mask)
          parameters[index] = decay.kept * parameters[index] - rate * direction.visibleSign
        }
      case .shampoo:
        guard let direction = scratch else { return }
        let scale = Scalar(1 / (1 - beta1))
        for index in 0..<count {
          direction[index] = masked(memory.mean[index], gradients[index], mask) * scale
        }
        NewtonSchulz(
          shape: plan.shape, polynomials: .original, iterations: 5, epsilon: rule.epsilon
        ).orthogonalize(direction, scratch: direction + count)
        let rate = Scalar(rate * plan.scale)
        for index in 0..<count {
          parameters[index] = decay.kept * parameters[index] - rate * direction[index]
        }
      }
    }

    /// Averages the corrected gradient and its square.
    ///
    /// - Returns: the factor on entries that have the gradient's sign, if only those count.
    @inline(__always)
    private func average(_ gradients: UnsafePointer<Scalar>) -> Scalar? {
      let count = plan.shape.count
      let mean = memory.mean
      let first = ExponentialMovingAverage<Scalar>(beta: beta1)
      let second = ExponentialMovingAverage<Scalar>(beta: beta2)
      let change = Scalar(rule.gamma * (beta1 / (1 - beta1)))
      let former = plan.isCorrected ? memory.former : nil
      @inline(__always) func corrected(_ index: Int) -> Scalar {
        let gradient = sign * gradients[index]
        return former.map { (gradient - $0[index]) * change + gradient } ?? gradient
      }
      let norm =
        plan.isCorrected ? VectorPrimitives.norm(count) { Double(corrected($0)) } : 1
      // Written so that a NaN is no small norm.
      let divisor = Scalar(norm <= 1 ? 1 : norm)
      let meanSquare = plan.form == .adamw ? memory.meanSquare : nil
      for index in 0..<count {
        let value = corrected(index) / divisor
        mean[index] = first.next(after: mean[index], value: value)
        if let meanSquare {
          meanSquare[index] = second.next(after: meanSquare[index], value: value * value)
        }
      }
      guard rule.cautious else { return nil }
      let agreeing = VectorPrimitives.sum(count) {
        mean[$0] * (sign * gradients[$0]) > 0 ? 1 : 0
      }
      return Scalar(Double(count) / (agreeing + 1))
    }

    @inline(__always)
    private func masked(_ mean: Scalar, _ gradient: Scalar, _ mask: Scalar?) -> Scalar {
      guard let mask else { return mean }
      return mean * (mean * (sign * gradient) > 0 ? mask : 0)
    }

    /// AdamW's step.
    @inline(__always)
    private func descend(
      _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
      _ mask: Scalar?
    ) {
      guard let meanSquare = memory.meanSquare else { return }
      let largest = memory.largest
      typealias Average = ExponentialMovingAverage<Double>
      let root = Average.totalWeight(beta: beta2, step: context.step).squareRoot()
      let step = Scalar(rate * root / Average.totalWeight(beta: beta1, step: context.step))
      let (floor, epsilon) = (Scalar(1e-15), Scalar(rule.epsilon))
      for index in 0..<plan.shape.count {
        var square = meanSquare[index]
        if let largest {
          square = square <= largest[index] ? largest[index] : square
          largest[index] = square
        }
        let direction = masked(memory.mean[index], gradients[index], mask)
        parameters[index] =
          decay.kept * parameters[index]
          - step * direction / ((square + floor).vectorSquareRoot + epsilon)
      }
    }

    /// Keeps the gradient, with decay that is not decoupled, for the next correction; before the parameters move.
    @inline(__always)
    private func keepGradient(
      _ gradients: UnsafePointer<Scalar>, _ parameters: UnsafePointer<Scalar>
    ) {
      guard plan.isCorrected, let former = memory.former else { return }
      for index in 0..<plan.shape.count {
        former[index] = sign * gradients[index] + decay.penalty * parameters[index]
      }
    }
  }
}
