public import Parameters

/// Sign gradient descent: every coordinate moves by the learning rate.
///
/// θ ← θ − α·sign(g), sign(0) = 0 (Bernstein et al. 2018, Algorithm 1).
public struct SignSGD: PenalizedRule, ElementwiseRule {
  public static let name = "sign_sgd"
  public static let summary = "a step of equal length in every coordinate"
  public static let equation = "θ ← θ − α·sign(g)"
  public static let source = "Bernstein et al. 2018, Algorithm 1"
  public static let hyperparameters: [Parameter<SignSGD>] = [
    .learningRate(1e-5...1, "change of every parameter per step")
  ]

  public var learningRate = 0.001
  public var gradient = GradientForm()

  public init() {}

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    let rate: Scalar

    init(_ rule: SignSGD, at context: StepContext) { rate = Scalar(context.learningRate) }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout NoMemory) {
      parameter -= rate * gradient.visibleSign
    }
  }
}
