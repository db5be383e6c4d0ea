public import Parameters

/// Lion: the sign of an average that weights the newest gradient more than the stored average does.
///
/// θ ← θ − α·(sign(β₁m + (1−β₁)g) + λθ), then m ← β₂m + (1−β₂)g (Chen et al. 2023, Program 1).
public struct Lion: DirectedRule, ElementwiseRule {
  public static let name = "lion"
  public static let summary = "the sign of a running average, found by program search"
  public static let equation = "θ ← θ − α·(sign(β₁m + (1−β₁)g) + λθ), m ← β₂m + (1−β₂)g"
  public static let source = "Chen et al. 2023, Program 1"
  public static let hyperparameters: [Parameter<Lion>] = [
    .learningRate(1e-5...1, "change of every parameter per step"),
    Parameter("beta1", \.beta1, .fraction, "weight of the stored average in the step, β₁"),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the stored average, β₂"),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.0001
  public var beta1 = 0.9
  public var beta2 = 0.99
  public var weightDecay = 0.001
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Lion, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
    }

    let ahead: ExponentialMovingAverage<Scalar>
    let mean: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: Lion, at context: StepContext) {
      ahead = ExponentialMovingAverage(beta: rule.beta1)
      mean = ExponentialMovingAverage(beta: rule.beta2)
      rate = Scalar(context.learningRate)
      shrinkage = context.remainder(ofDecay: rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let direction = ahead.next(after: memory.mean, value: gradient)
      memory.mean = mean.next(after: memory.mean, value: gradient)
      parameter = parameter * shrinkage - rate * direction.visibleSign
    }
  }
}
