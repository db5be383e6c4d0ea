public import Parameters

/// AdaBelief: divides by how far gradients lie from their own mean; epsilon inside the mean square and outside the root.
///
/// m ← β₁m + (1−β₁)g, s ← β₂s + (1−β₂)(g−m)² + ε_s, θ ← θ − α·m̂/(√ŝ + ε) (Zhuang et al. 2020, Algorithm 2; ε_s stays in s).
public struct AdaBelief: Optimizer {
  public static let name = "adabelief"
  public static let summary = "Adam that trusts gradients close to their mean"
  public static let source = "Zhuang et al. 2020, Algorithm 2"
  public static let hyperparameters: [Parameter<AdaBelief>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of a typical step")
      .searched(.log, 1e-4...1),
    Parameter("beta1", \.beta1, .fraction, "weight of the past in the mean gradient"),
    Parameter("beta2", \.beta2, .fraction, "weight of the past in the mean squared surprise"),
    Parameter("epsilon", \.epsilon, .nonNegative, "keeps the denominator from zero"),
    Parameter(
      "surprise_epsilon", \.surpriseEpsilon, .nonNegative,
      "added to the mean squared surprise at each step"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative, "share of the rate by which parameters shrink"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-16
  public var surpriseEpsilon = 1e-16
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<AdaBelief, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar = 0
      var meanSquaredSurprise: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let mean: ExponentialMovingAverage<Scalar>
    let surprise: ExponentialMovingAverage<Scalar>
    let surpriseEpsilon: Scalar
    let rate: Scalar
    let root: RootDenominator<Scalar>
    let shrinkage: Scalar

    init(_ rule: AdaBelief, at context: StepContext) {
      direction = GradientDirection(weightDecay: 0, maximize: rule.maximize)
      mean = ExponentialMovingAverage(beta: rule.beta1)
      surprise = ExponentialMovingAverage(beta: rule.beta2)
      surpriseEpsilon = Scalar(rule.surpriseEpsilon)
      rate = context.rate(correcting: rule.beta1)
      root = RootDenominator(beta: rule.beta2, epsilon: rule.epsilon, at: context)
      shrinkage = context.remainder(ofDecay: rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
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
