public import Parameters

/// Optimistic gradient descent: expects the gradient to change as it did in the step before.
///
/// θ ← θ − α·(a·g + b·(g − g₋₁)), g₋₁ = g at the first step (Daskalakis et al. 2018, equation 6; weights a and b as Mokhtari, Ozdaglar and Pattathil 2020).
public struct OptimisticGradientDescent: DirectedRule, ElementwiseRule {
  public static let name = "optimistic_gradient_descent"
  public static let summary = "gradient descent that expects the last change again"
  public static let equation = "θ ← θ − α·(a·g + b·(g − g₋₁))"
  public static let source = "Daskalakis et al. 2018, equation 6"
  public static let hyperparameters: [Parameter<OptimisticGradientDescent>] = [
    .learningRate(1e-4...1, "step length per unit of gradient"),
    Parameter("gradient_weight", \.gradientWeight, .real, "weight of the gradient, a"),
    Parameter("change_weight", \.changeWeight, .real, "weight of the gradient's change, b"),
  ]

  public var learningRate = 0.01
  public var gradientWeight = 1.0
  public var changeWeight = 1.0
  public var gradient = GradientForm()

  public init() {}

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var formerGradient: Scalar = 0
    }

    let hasFormer: Bool
    let newestWeight: Scalar
    let formerWeight: Scalar
    let rate: Scalar

    init(_ rule: OptimisticGradientDescent, at context: StepContext) {
      hasFormer = context.step > 1
      newestWeight = Scalar(rule.gradientWeight + rule.changeWeight)
      formerWeight = Scalar(rule.changeWeight)
      rate = Scalar(context.learningRate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let former = hasFormer ? memory.formerGradient : gradient
      memory.formerGradient = gradient
      parameter -= rate * (newestWeight * gradient - formerWeight * former)
    }
  }
}
