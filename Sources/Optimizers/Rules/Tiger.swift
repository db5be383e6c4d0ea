public import Parameters

/// Tiger: the sign of an average gradient with weight decay.
///
/// m ← βm + (1−β)g, θ ← (1 − αλ)θ − α·sign(m) (Su 2023, "Tiger: a tight-fisted optimizer").
public struct Tiger: DecayingRule, ElementwiseRule {
  public static let name = "tiger"
  public static let summary = "the sign of an average gradient with weight decay"
  public static let equation = "m ← βm + (1−β)g, θ ← (1 − αλ)θ − α·sign(m)"
  public static let source = "Su 2023, \"Tiger: a tight-fisted optimizer\""
  public static let hyperparameters: [Parameter<Tiger>] = [
    .learningRate(1e-5...1, "change of every parameter per step"),
    Parameter("beta", \.beta, .fraction, "decay rate of the average gradient, β"),
  ]

  public var learningRate = 0.001
  public var beta = 0.965
  public var decay = DecayForm(decoupled: true, weightDecay: 0.01)
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Tiger, Double>? { \.beta }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: Tiger, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta)
      rate = Scalar(context.learningRate)
      shrinkage = rule.decay.remainder(at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      parameter = parameter * shrinkage - rate * memory.mean.visibleSign
    }
  }
}
