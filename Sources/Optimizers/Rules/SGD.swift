public import Parameters

/// Stochastic gradient descent.
///
/// θ ← θ − α·g (Robbins and Monro 1951).
public struct SGD: Optimizer {
  public static let name = "sgd"
  public static let summary = "a step against the gradient"
  public static let source = "Robbins and Monro 1951"
  public static let hyperparameters: [Parameter<SGD>] = [
    Parameter("learning_rate", \.learningRate, .positive, "step length per unit of gradient")
      .searched(.log, 1e-4...10),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.01
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

    init(_ rule: SGD, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      rate = Scalar(context.learningRate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout NoMemory) {
      parameter -= rate * direction.apply(gradient, at: parameter)
    }
  }
}
