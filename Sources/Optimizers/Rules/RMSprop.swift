public import Parameters

/// RMSprop; without bias correction and with epsilon outside the root unless asked otherwise.
///
/// s ← αs + (1−α)g², θ ← θ − λ·g/(√s + ε) (Tieleman and Hinton 2012, lecture 6.5). Centred: √(s − m²) with
/// m ← αm + (1−α)g (Graves 2013, section 4.2). Momentum: b ← μb + g/denominator, θ ← θ − λ·b (as PyTorch has it).
public struct RMSprop: Optimizer {
  public static let name = "rmsprop"
  public static let summary = "divides by the root of a running mean of squared gradients"
  public static let source = "Tieleman and Hinton 2012, lecture 6.5"
  public static let hyperparameters: [Parameter<RMSprop>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of a typical step")
      .searched(.log, 1e-4...1),
    Parameter("decay", \.decay, .fraction, "weight of the past in the mean square"),
    Parameter("epsilon", \.epsilon, .nonNegative, "keeps the denominator from zero"),
    Parameter("momentum", \.momentum, .fraction, "share of the last step that is kept"),
    Parameter(
      "centered", \.centered, "divides by the deviation instead of the root mean square"),
    Parameter("nesterov", \.nesterov, "looks one step of the velocity ahead"),
    Parameter(
      "rate_in_velocity", \.rateInVelocity, "multiplies by the rate before the velocity"),
    Parameter("bias_correction", \.biasCorrection, "divides running means by 1 − decayᵗ"),
    Parameter(
      "epsilon_inside_root", \.epsilonInsideRoot, "adds epsilon before the root is taken"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.01
  /// α of the equations.
  public var decay = 0.99
  public var epsilon = 1e-8
  public var momentum = 0.0
  public var centered = false
  public var nesterov = false
  /// As optax has it; the same at a constant rate.
  public var rateInVelocity = false
  public var biasCorrection = false
  /// As optax has it by default.
  public var epsilonInsideRoot = false
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

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
      ? .elementwise(count: layout.count) { CenteredUpdate<Scalar>(scheduled(by: $0), at: $0) }
      : .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  /// The published rule: one slot.
  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var meanSquare: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let epsilon: Scalar

    init(_ rule: RMSprop, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      meanSquare = ExponentialMovingAverage(beta: rule.decay)
      rate = Scalar(context.learningRate)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      parameter -= rate * gradient / (memory.meanSquare.vectorSquareRoot + epsilon)
    }
  }
}
