public import Parameters

/// ACProp: divides by the deviation of gradients up to the step before; epsilon inside the second moment and outside the root.
///
/// θ ← (1 − αλ)θ − α·g/(√ŝ₋₁ + ε), 1 + ε under the first gradient, then s ← β₂s + (1−β₂)(g − m)² + ε_s and m ← β₁m + (1−β₁)g, where m is the average before the
/// gradient (Zhuang et al. 2021, Algorithm 1; so in optax).
public struct ACProp: DirectedRule, ElementwiseRule {
  public static let name = "acprop"
  public static let summary = "gradients over their deviation up to the step before"
  public static let equation =
    "θ ← (1 − αλ)θ − α·g/(√ŝ₋₁ + ε), s ← β₂s + (1−β₂)(g − m)² + ε_s, m ← β₁m + (1−β₁)g"
  public static let source = "Zhuang et al. 2021, Algorithm 1"
  public static let hyperparameters: [Parameter<ACProp>] = [
    .learningRate(1e-5...1),
    Parameter("beta1", \.beta1, .fraction, "decay rate of the average gradient, β₁"),
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
    /// 1/(1 − β₂ᵗ⁻¹); 0 at the first step, whose variance is 1.
    let varianceScale: Scalar
    let firstVariance: Scalar
    let epsilon: Scalar
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: ACProp, at context: StepContext) {
      typealias Average = ExponentialMovingAverage<Double>
      mean = ExponentialMovingAverage(beta: rule.beta1)
      surprise = ExponentialMovingAverage(beta: rule.beta2)
      surpriseEpsilon = Scalar(rule.surpriseEpsilon)
      let isFirst = context.step == 1
      varianceScale =
        isFirst
        ? 0 : Scalar(1 / Average.totalWeight(beta: rule.beta2, step: context.step - 1))
      firstVariance = isFirst ? 1 : 0
      epsilon = Scalar(rule.epsilon)
      rate = Scalar(context.learningRate)
      shrinkage = context.remainder(ofDecay: rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let variance = memory.meanSquaredSurprise * varianceScale + firstVariance
      let distance = gradient - memory.mean
      memory.meanSquaredSurprise =
        surprise.next(after: memory.meanSquaredSurprise, value: distance * distance)
        + surpriseEpsilon
      memory.mean = mean.next(after: memory.mean, value: gradient)
      parameter =
        parameter * shrinkage - rate * (gradient / (variance.vectorSquareRoot + epsilon))
    }
  }
}
