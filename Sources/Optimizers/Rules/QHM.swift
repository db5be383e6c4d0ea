public import Parameters

/// Quasi-hyperbolic momentum: a weighted mean of a step along the velocity and one along the gradient.
///
/// v ← μv + (1−μ)g, θ ← θ − α·(νv + (1−ν)g) (Ma and Yarats 2019, equation 3).
public struct QHM: DecayingRule, ElementwiseRule {
  public static let name = "qhm"
  public static let summary = "a mean of a momentum step and a plain step"
  public static let equation = "v ← μv + (1−μ)g, θ ← θ − α·(νv + (1−ν)g)"
  public static let source = "Ma and Yarats 2019, equation 3"
  public static let hyperparameters: [Parameter<QHM>] = [
    .learningRate(1e-4...10, "step length per unit of gradient"),
    .momentum(\.momentum).searched(.complement, 0.5...0.9995),
    Parameter("nu", \.nu, .number(in: 0...1), "weight of the velocity in the step, ν"),
  ]

  public var learningRate = 0.1
  public var momentum = 0.999
  public var nu = 0.7
  public var decay = DecayForm()
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<QHM, Double>? { \.momentum }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var velocity: Scalar = 0
    }

    let velocity: ExponentialMovingAverage<Scalar>
    let velocityRate: Scalar
    let gradientRate: Scalar
    let shrinkage: Scalar

    init(_ rule: QHM, at context: StepContext) {
      velocity = ExponentialMovingAverage(beta: rule.momentum)
      velocityRate = Scalar(context.learningRate * rule.nu)
      gradientRate = Scalar(context.learningRate * (1 - rule.nu))
      shrinkage = rule.decay.remainder(at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.velocity = velocity.next(after: memory.velocity, value: gradient)
      parameter =
        parameter * shrinkage - (velocityRate * memory.velocity + gradientRate * gradient)
    }
  }
}
