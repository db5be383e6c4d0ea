public import Parameters

/// Yogi: the second moment moves toward the squared gradient by steps of that size; epsilon outside the root.
///
/// m ← β₁m + (1−β₁)g, v ← v − (1−β₂)·sign(v − g²)·g², θ ← θ − α·m̂/(√v̂ + ε) (Zaheer et al. 2018, Algorithm 2; bias correction and a start
/// of both at 10⁻⁶ as optax has them).
public struct Yogi: PenalizedRule, ElementwiseRule {
  public static let name = "yogi"
  public static let summary = "Adam whose second moment changes additively"
  public static let equation =
    "m ← β₁m + (1−β₁)g, v ← v − (1−β₂)·sign(v − g²)·g², θ ← θ − α·m̂/(√v̂ + ε)"
  public static let source = "Zaheer et al. 2018, Algorithm 2"
  public static let hyperparameters: [Parameter<Yogi>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    Parameter(
      "initial_accumulator", \.initialAccumulator, .nonNegative,
      "both moments before the first step"),
  ]

  public var learningRate = 0.01
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-3
  public var initialAccumulator = 1e-6
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Yogi, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar
      var meanSquare: Scalar
    }

    let initialMemory: Memory
    let mean: ExponentialMovingAverage<Scalar>
    let change: Scalar
    let rate: Scalar
    let root: RootDenominator<Scalar>

    init(_ rule: Yogi, at context: StepContext) {
      let start = Scalar(rule.initialAccumulator)
      initialMemory = Memory(mean: start, meanSquare: start)
      mean = ExponentialMovingAverage(beta: rule.beta1)
      change = Scalar(1 - rule.beta2)
      rate = context.rate(correcting: rule.beta1)
      root = RootDenominator(beta: rule.beta2, epsilon: rule.epsilon, at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      let square = gradient * gradient
      memory.meanSquare -= change * (memory.meanSquare - square).visibleSign * square
      parameter -= rate * memory.mean / root.of(memory.meanSquare)
    }
  }
}
