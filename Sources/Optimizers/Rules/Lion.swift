public import Parameters

/// Lion: the sign of a mean that leans on the newest gradient.
///
/// θ ← θ − α·(sign(β₁m + (1−β₁)g) + λθ), then m ← β₂m + (1−β₂)g (Chen et al. 2023, Program 1).
public struct Lion: Optimizer {
  public static let name = "lion"
  public static let summary = "the sign of a running mean, found by program search"
  public static let source = "Chen et al. 2023, Program 1"
  public static let hyperparameters: [Parameter<Lion>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of every step")
      .searched(.log, 1e-5...1),
    Parameter("beta1", \.beta1, .fraction, "weight of the past in the step"),
    Parameter("beta2", \.beta2, .fraction, "weight of the past in what is remembered"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative, "share of the rate by which parameters shrink"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.0001
  public var beta1 = 0.9
  public var beta2 = 0.99
  public var weightDecay = 0.001
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<Lion, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let lean: ExponentialMovingAverage<Scalar>
    let mean: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: Lion, at context: StepContext) {
      direction = GradientDirection(weightDecay: 0, maximize: rule.maximize)
      lean = ExponentialMovingAverage(beta: rule.beta1)
      mean = ExponentialMovingAverage(beta: rule.beta2)
      rate = Scalar(context.learningRate)
      shrinkage = context.remainder(ofDecay: rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      let way = lean.next(after: memory.mean, value: gradient)
      memory.mean = mean.next(after: memory.mean, value: gradient)
      parameter = parameter * shrinkage - rate * way.visibleSign
    }
  }
}
