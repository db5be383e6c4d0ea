public import Parameters

/// Sign gradient descent with momentum.
///
/// m ← βm + (1−β)g, θ ← θ − α·sign(m) (Bernstein et al. 2018, Algorithm 2, which calls it Signum).
public struct Signum: PenalizedRule, ElementwiseRule {
  public static let name = "signum"
  public static let summary = "the sign of a running average of the gradient"
  public static let equation = "m ← βm + (1−β)g, θ ← θ − α·sign(m)"
  public static let source = "Bernstein et al. 2018, Algorithm 2"
  public static let hyperparameters: [Parameter<Signum>] = [
    .learningRate(1e-5...1, "change of every parameter per step"),
    Parameter("beta", \.beta, .fraction, "decay rate of the average gradient, β"),
  ]

  public var learningRate = 0.001
  public var beta = 0.9
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Signum, Double>? { \.beta }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let rate: Scalar

    init(_ rule: Signum, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta)
      rate = Scalar(context.learningRate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      parameter -= rate * memory.mean.visibleSign
    }
  }
}
