public import Parameters

/// Stochastic gradient descent.
///
/// θ ← θ − α·g (Robbins and Monro 1951).
public struct SGD: PenalizedRule, ElementwiseRule {
  public static let name = "sgd"
  public static let summary = "a step against the gradient"
  public static let equation = "θ ← θ − α·g"
  public static let source = "Robbins and Monro 1951"
  public static let hyperparameters: [Parameter<SGD>] = [
    .learningRate(1e-4...10, "step length per unit of gradient")
  ]

  public var learningRate = 0.01
  public var gradient = GradientForm()

  public init() {}

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    let rate: Scalar

    init(_ rule: SGD, at context: StepContext) { rate = Scalar(context.learningRate) }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout NoMemory) {
      parameter -= rate * gradient
    }
  }
}
