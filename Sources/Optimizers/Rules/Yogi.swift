public import Parameters

/// Yogi: the mean square moves towards the squared gradient by steps of that size; epsilon outside the root.
///
/// m ← β₁m + (1−β₁)g, v ← v − (1−β₂)·sign(v − g²)·g², θ ← θ − α·m̂/(√v̂ + ε) (Zaheer et al. 2018, Algorithm 2; bias correction and a start
/// of both at 10⁻⁶ as optax has them).
public struct Yogi: Optimizer {
  public static let name = "yogi"
  public static let summary = "Adam whose mean square grows no faster than it falls"
  public static let source = "Zaheer et al. 2018, Algorithm 2"
  public static let hyperparameters: [Parameter<Yogi>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of a typical step")
      .searched(.log, 1e-4...1),
    Parameter("beta1", \.beta1, .fraction, "weight of the past in the mean gradient"),
    Parameter("beta2", \.beta2, .fraction, "1 minus the size of a change of the mean square"),
    Parameter("epsilon", \.epsilon, .nonNegative, "keeps the denominator from zero"),
    Parameter(
      "initial_accumulator", \.initialAccumulator, .nonNegative, "both means before the first step"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.01
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-3
  public var initialAccumulator = 1e-6
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<Yogi, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar
      var meanSquare: Scalar
    }

    let initialMemory: Memory
    let direction: GradientDirection<Scalar>
    let mean: ExponentialMovingAverage<Scalar>
    let change: Scalar
    let rate: Scalar
    let root: RootDenominator<Scalar>

    init(_ rule: Yogi, at context: StepContext) {
      let start = Scalar(rule.initialAccumulator)
      initialMemory = Memory(mean: start, meanSquare: start)
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      mean = ExponentialMovingAverage(beta: rule.beta1)
      change = Scalar(1 - rule.beta2)
      rate = context.rate(correcting: rule.beta1)
      root = RootDenominator(beta: rule.beta2, epsilon: rule.epsilon, at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      memory.mean = mean.next(after: memory.mean, value: gradient)
      let square = gradient * gradient
      memory.meanSquare -= change * (memory.meanSquare - square).visibleSign * square
      parameter -= rate * memory.mean / root.of(memory.meanSquare)
    }
  }
}
