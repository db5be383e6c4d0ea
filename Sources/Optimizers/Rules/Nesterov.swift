public import Parameters

/// Nesterov's accelerated gradient, in the form that takes the gradient where the parameters are.
///
/// v ← μv + g, θ ← θ − α·(g + μv) (Nesterov 1983; this form: Sutskever et al. 2013, section 2, as PyTorch has it).
public struct Nesterov: Optimizer {
  public static let name = "nesterov"
  public static let summary = "momentum that looks one step ahead"
  public static let source = "Nesterov 1983; Sutskever et al. 2013"
  public static let hyperparameters: [Parameter<Nesterov>] = [
    Parameter("learning_rate", \.learningRate, .positive, "step length per unit of velocity")
      .searched(.log, 1e-4...1),
    Parameter("momentum", \.momentum, .fraction, "share of the velocity that a step keeps")
      .searched(.complement, 0.5...0.99),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.01
  public var momentum = 0.9
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<Nesterov, Double>? { \.momentum }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var velocity: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let momentum: Scalar
    let rate: Scalar

    init(_ rule: Nesterov, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      momentum = Scalar(rule.momentum)
      rate = Scalar(context.learningRate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      memory.velocity = momentum * memory.velocity + gradient
      parameter -= rate * (gradient + momentum * memory.velocity)
    }
  }
}
