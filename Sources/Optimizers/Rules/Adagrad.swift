public import Parameters

/// Adagrad; epsilon outside the root, or inside on request.
///
/// s ← s + g², θ ← θ − α/(1 + (t−1)·d) · g/(√s + ε) (Duchi, Hazan and Singer 2011, section 1.1; learning-rate decay d as
/// PyTorch has it).
public struct Adagrad: Optimizer {
  public static let name = "adagrad"
  public static let summary = "divides by the root of all squared gradients so far"
  public static let source = "Duchi, Hazan and Singer 2011"
  public static let hyperparameters: [Parameter<Adagrad>] = [
    Parameter(
      "learning_rate", \.learningRate, .positive, "length of a coordinate's first step"
    )
    .searched(.log, 1e-4...10),
    Parameter(
      "learning_rate_decay", \.learningRateDecay, .nonNegative, "d of the rate α/(1 + (t−1)·d)"),
    Parameter(
      "initial_accumulator", \.initialAccumulator, .nonNegative,
      "sum of squares before the first step"),
    Parameter("epsilon", \.epsilon, .nonNegative, "keeps the denominator from zero"),
    Parameter(
      "epsilon_inside_root", \.epsilonInsideRoot, "adds epsilon before the root is taken"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.01
  public var learningRateDecay = 0.0
  public var initialAccumulator = 0.0
  public var epsilon = 1e-10
  /// As optax has it.
  public var epsilonInsideRoot = false
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(self, at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var sumOfSquares: Scalar
    }

    let initialMemory: Memory
    let direction: GradientDirection<Scalar>
    let rate: Scalar
    let rootEpsilon: Scalar
    let epsilon: Scalar

    init(_ rule: Adagrad, at context: StepContext) {
      initialMemory = Memory(sumOfSquares: Scalar(rule.initialAccumulator))
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      rate = Scalar(
        context.learningRate / (1 + Double(context.step - 1) * rule.learningRateDecay))
      rootEpsilon = rule.epsilonInsideRoot ? Scalar(rule.epsilon) : 0
      epsilon = rule.epsilonInsideRoot ? 0 : Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      memory.sumOfSquares += gradient * gradient
      parameter -=
        rate * gradient / ((memory.sumOfSquares + rootEpsilon).vectorSquareRoot + epsilon)
    }
  }
}
