public import Parameters

/// Adagrad; epsilon outside the root, or inside on request.
///
/// s ← s + g², θ ← θ − α/(1 + (t−1)·d) · g/(√s + ε) (Duchi, Hazan and Singer 2011, section 1.1; learning-rate decay d as
/// PyTorch has it).
public struct Adagrad: PenalizedRule, ElementwiseRule {
  public static let name = "adagrad"
  public static let summary =
    "scales each coordinate by the root of its accumulated squared gradients"
  public static let equation = "s ← s + g², θ ← θ − α/(1 + (t−1)·d) · g/(√s + ε)"
  public static let source = "Duchi, Hazan and Singer 2011"
  public static let hyperparameters: [Parameter<Adagrad>] = [
    .learningRate(1e-4...10, "change of a parameter in the first step"),
    Parameter("learning_rate_decay", \.learningRateDecay, .nonNegative, "d of α/(1 + (t−1)·d)"),
    Parameter(
      "initial_accumulator", \.initialAccumulator, .nonNegative,
      "accumulated squares before the first step"),
    .epsilon(\.epsilon), .epsilonInsideRoot(\.epsilonInsideRoot),
  ]

  public var learningRate = 0.01
  public var learningRateDecay = 0.0
  public var initialAccumulator = 0.0
  public var epsilon = 1e-10
  /// As optax has it.
  public var epsilonInsideRoot = false
  public var gradient = GradientForm()

  public init() {}

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var sumOfSquares: Scalar
    }

    let initialMemory: Memory
    let rate: Scalar
    let (rootEpsilon, epsilon): (Scalar, Scalar)

    init(_ rule: Adagrad, at context: StepContext) {
      initialMemory = Memory(sumOfSquares: Scalar(rule.initialAccumulator))
      rate = Scalar(context.learningRate / (1 + Double(context.step - 1) * rule.learningRateDecay))
      (rootEpsilon, epsilon) = context.epsilons(rule.epsilon, insideRoot: rule.epsilonInsideRoot)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.sumOfSquares += gradient * gradient
      let root = (memory.sumOfSquares + rootEpsilon).vectorSquareRoot
      parameter -= rate * gradient / (root + epsilon)
    }
  }
}
