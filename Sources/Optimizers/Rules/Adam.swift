public import Parameters

/// Adam with bias correction; epsilon outside the root.
///
/// m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − α·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ)
/// (Kingma and Ba 2015, Algorithm 1).
public struct Adam: Optimizer {
  public static let name = "adam"
  public static let summary = "bias-corrected running means of the gradient and its square"
  public static let source = "Kingma and Ba 2015, Algorithm 1"
  public static let hyperparameters: [Parameter<Adam>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of a typical step")
      .searched(.log, 1e-4...1),
    Parameter("beta1", \.beta1, .fraction, "weight of the past in the mean gradient"),
    Parameter("beta2", \.beta2, .fraction, "weight of the past in the mean square"),
    Parameter("epsilon", \.epsilon, .nonNegative, "keeps the denominator from zero"),
    Parameter("bias_correction", \.biasCorrection, "divides both means by 1 − βᵗ"),
    Parameter("amsgrad", \.amsgrad, "never lets the mean square fall (Reddi et al. 2018)"),
    Parameter(
      "amsgrad_order", \.amsgradOrder,
      "whether the maximum is taken before or after bias correction"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  /// Where the maximum of AMSGrad is taken, where libraries differ: PyTorch first, optax after the correction.
  public enum AMSGradOrder: String, CaseIterable, Sendable {
    case maximumFirst = "maximum_first"
    case correctionFirst = "correction_first"
  }

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var biasCorrection = true
  public var amsgrad = false
  public var amsgradOrder = AMSGradOrder.maximumFirst
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public var conflicts: [Conflict] {
    let isOrdered = amsgradOrder != .maximumFirst
    return [Conflict](
      (isOrdered && !amsgrad, "amsgrad_order", "has no effect without amsgrad"),
      (
        isOrdered && amsgrad && !biasCorrection, "amsgrad_order",
        "has no effect without bias_correction"
      ))
  }

  public static var momentumPath: WritableKeyPath<Adam, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    amsgrad
      ? .elementwise(count: layout.count) { AMSGradUpdate<Scalar>(scheduled(by: $0), at: $0) }
      : .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  /// What a step of either kind starts from.
  struct Moments<Scalar: KernelScalar>: Sendable {
    let direction: GradientDirection<Scalar>
    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    /// α/(1−β₁ᵗ).
    let rate: Scalar
    let root: RootDenominator<Scalar>

    init(_ rule: Adam, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      rate =
        rule.biasCorrection
        ? context.rate(correcting: rule.beta1) : Scalar(context.learningRate)
      root = RootDenominator(
        beta: rule.biasCorrection ? rule.beta2 : nil, epsilon: rule.epsilon, at: context)
    }

    @inline(__always)
    func step(mean: Scalar, meanSquare: Scalar) -> Scalar { rate * mean / root.of(meanSquare) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let initialMemory = Memory()
    let moments: Moments<Scalar>
    /// 1 − αλ of decoupled weight decay; 1 without.
    let shrinkage: Scalar

    init(_ rule: Adam, at context: StepContext, decoupledDecay: Double = 0) {
      moments = Moments(rule, at: context)
      shrinkage = context.remainder(ofDecay: decoupledDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = moments.direction.apply(gradient, at: parameter)
      memory.mean = moments.mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = moments.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      parameter =
        parameter * shrinkage - moments.step(mean: memory.mean, meanSquare: memory.meanSquare)
    }
  }
}
