public import Parameters

/// Nesterov's accelerated gradient, in the form that takes the gradient at the parameters.
///
/// v ← μv + g, θ ← θ − α·(g + μv) (Nesterov 1983; this form: Sutskever et al. 2013, section 2, as PyTorch has it).
public struct Nesterov: PenalizedRule, ElementwiseRule {
  public static let name = "nesterov"
  public static let summary = "SGD with Nesterov momentum"
  public static let equation = "v ← μv + g, θ ← θ − α·(g + μv)"
  public static let source = "Nesterov 1983; Sutskever et al. 2013"
  public static let hyperparameters: [Parameter<Nesterov>] = [
    .learningRate(1e-4...1, "step length per unit of velocity"),
    .momentum(\.momentum).searched(.complement, 0.5...0.99),
  ]

  public var learningRate = 0.01
  public var momentum = 0.9
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Nesterov, Double>? { \.momentum }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var velocity: Scalar = 0
    }

    let momentum: Scalar
    let rate: Scalar

    init(_ rule: Nesterov, at context: StepContext) {
      momentum = Scalar(rule.momentum)
      rate = Scalar(context.learningRate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.velocity = momentum * memory.velocity + gradient
      parameter -= rate * (gradient + momentum * memory.velocity)
    }
  }
}
