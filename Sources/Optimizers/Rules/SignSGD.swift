public import Parameters

/// Sign gradient descent: every coordinate moves by the rate.
///
/// θ ← θ − α·sign(g), sign(0) = 0 (Bernstein et al. 2018, Algorithm 1).
public struct SignSGD: Optimizer {
  public static let name = "sign_sgd"
  public static let summary = "a step of one length in every coordinate"
  public static let source = "Bernstein et al. 2018, Algorithm 1"
  public static let hyperparameters: [Parameter<SignSGD>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of every step")
      .searched(.log, 1e-5...1),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.001
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
    let direction: GradientDirection<Scalar>
    let rate: Scalar

    init(_ rule: SignSGD, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      rate = Scalar(context.learningRate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout NoMemory) {
      parameter -= rate * direction.apply(gradient, at: parameter).visibleSign
    }
  }
}
