public import Parameters

/// Sign gradient descent with momentum.
///
/// m ← βm + (1−β)g, θ ← θ − α·sign(m) (Bernstein et al. 2018, Algorithm 2, which calls it Signum).
public struct Signum: Optimizer {
  public static let name = "signum"
  public static let summary = "the sign of a running mean of the gradient"
  public static let source = "Bernstein et al. 2018, Algorithm 2"
  public static let hyperparameters: [Parameter<Signum>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of every step")
      .searched(.log, 1e-5...1),
    Parameter("beta", \.beta, .fraction, "weight of the past in the mean gradient"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.001
  public var beta = 0.9
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<Signum, Double>? { \.beta }

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
    let mean: ExponentialMovingAverage<Scalar>
    let rate: Scalar

    init(_ rule: Signum, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      mean = ExponentialMovingAverage(beta: rule.beta)
      rate = Scalar(context.learningRate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: direction.apply(gradient, at: parameter))
      parameter -= rate * memory.mean.visibleSign
    }
  }
}
