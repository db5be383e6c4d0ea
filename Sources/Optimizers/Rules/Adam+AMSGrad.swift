public import Parameters

extension Adam {
  /// Where the maximum of AMSGrad is taken, where libraries differ: PyTorch first, optax after the correction.
  public enum AMSGradOrder: String, CaseIterable, Sendable {
    case maximumFirst = "maximum_first"
    case correctionFirst = "correction_first"
  }

  static let amsgradHyperparameters: [Parameter<Adam>] = [
    .amsgrad(\.amsgrad),
    Parameter(
      "amsgrad_order", \.amsgradOrder, "takes AMSGrad's maximum before or after bias correction"),
  ]

  public var conflicts: [Conflict] {
    let isOrdered = amsgradOrder != .maximumFirst
    return [Conflict](
      (isOrdered && !amsgrad, "amsgrad_order", "has no effect without amsgrad"),
      (
        isOrdered && amsgrad && !biasCorrection, "amsgrad_order",
        "has no effect without bias_correction"
      ))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    amsgrad
      ? .elementwise(count: layout.count, form: gradient) {
        AMSGradUpdate<Scalar>(scheduled(by: $0), at: $0)
      }
      : .elementwise(count: layout.count, form: gradient) {
        Update<Scalar>(moments: Moments(scheduled(by: $0), at: $0), shrinkage: 1)
      }
  }

  /// The coefficients of a step of either kind.
  struct Moments<Scalar: KernelScalar>: Sendable {
    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    /// α/(1−β₁ᵗ).
    let rate: Scalar
    let root: RootDenominator<Scalar>

    init(_ rule: Adam, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      rate =
        rule.biasCorrection
        ? context.rate(correcting: rule.beta1) : Scalar(context.learningRate)
      root = RootDenominator(
        beta: rule.biasCorrection ? rule.beta2 : nil, epsilon: rule.epsilon, at: context)
    }
  }

  /// The second moment in the denominator never decreases (Reddi, Kale and Kumar 2018, Algorithm 2).
  struct AMSGradUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
      var largestMeanSquare: Scalar = 0
    }

    let moments: Moments<Scalar>
    /// 1 − αλ of decoupled weight decay; 1 without.
    let shrinkage: Scalar
    /// Corrects a second moment before the maximum, or is 1 where the root is corrected after it.
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
      memory.mean = moments.mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = moments.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      // In this order a NaN second moment wins, so divergence stays visible.
      let newest = memory.meanSquare * squareScale
      memory.largestMeanSquare =
        memory.largestMeanSquare >= newest ? memory.largestMeanSquare : newest
      parameter =
        parameter * shrinkage - moments.rate * memory.mean / root.of(memory.largestMeanSquare)
    }
  }
}
