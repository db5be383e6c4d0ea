public import Parameters

/// AdaBelief: divides by the deviation of gradients from their average; epsilon inside the second moment and outside the root.
///
/// m ← β₁m + (1−β₁)g, s ← β₂s + (1−β₂)(g−m)² + ε_s, θ ← (1 − αλ)θ − α·m̂/(√ŝ + ε) (Zhuang et al. 2020, Algorithm 2; ε_s stays in s).
public struct AdaBelief: DirectedRule, ElementwiseRule {
  public static let name = "adabelief"
  public static let summary = "Adam scaled by the variance of the gradient around its average"
  public static let equation =
    "m ← β₁m + (1−β₁)g, s ← β₂s + (1−β₂)(g−m)² + ε_s, θ ← (1 − αλ)θ − α·m̂/(√ŝ + ε)"
  public static let source = "Zhuang et al. 2020, Algorithm 2"
  public static let hyperparameters: [Parameter<AdaBelief>] = [
    .learningRate(1e-4...1), .beta1(\.beta1),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the variance, β₂"), .epsilon(\.epsilon),
    Parameter(
      "surprise_epsilon", \.surpriseEpsilon, .nonNegative,
      "ε_s, added to the variance at each step"),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-16
  public var surpriseEpsilon = 1e-16
  public var weightDecay = 0.0
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<AdaBelief, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquaredSurprise: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let surprise: ExponentialMovingAverage<Scalar>
    let surpriseEpsilon: Scalar
    let rate: Scalar
    let root: RootDenominator<Scalar>
    let shrinkage: Scalar

    init(_ rule: AdaBelief, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta1)
      surprise = ExponentialMovingAverage(beta: rule.beta2)
      surpriseEpsilon = Scalar(rule.surpriseEpsilon)
      rate = context.rate(correcting: rule.beta1)
      root = RootDenominator(beta: rule.beta2, epsilon: rule.epsilon, at: context)
      shrinkage = context.remainder(ofDecay: rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      let distance = gradient - memory.mean
      memory.meanSquaredSurprise =
        surprise.next(after: memory.meanSquaredSurprise, value: distance * distance)
        + surpriseEpsilon
      parameter =
        parameter * shrinkage - rate * memory.mean / root.of(memory.meanSquaredSurprise)
    }
  }
}
