public import Parameters

/// Gradient descent with adaptive gains: each coordinate scales its own learning rate.
///
/// γ ← γ + κ where g agrees in sign with the trend of past gradients, γ·φ where it does not, γ where either is 0, clamped to
/// [γ_min, γ_max]; θ ← θ − α·γ·g; then δ̄ ← ρδ̄ + (1−ρ)g is the next trend (Jacobs 1988, equations 6 and 7: the delta-bar-delta rule, there on the
/// learning rate itself). ρ = 0 compares with the last gradient, as do the gains of Hinton's lecture 6.4, from which the defaults come. Gains
/// start at 1.
public struct DeltaBarDelta: PenalizedRule, ElementwiseRule {
  public static let name = "delta_bar_delta"
  public static let summary = "a gain per coordinate that grows while its gradient keeps its sign"
  public static let equation =
    "γ ← γ + κ if g·δ̄ > 0, γ·φ if g·δ̄ < 0, within limits; θ ← θ − α·γ·g; δ̄ ← ρδ̄ + (1−ρ)g"
  public static let source = "Jacobs 1988; Hinton 2012, lecture 6.4"
  public static let hyperparameters: [Parameter<DeltaBarDelta>] = [
    .learningRate(1e-4...10, "step length per unit of gradient where the gain is 1"),
    Parameter("gain_increase", \.gainIncrease, .nonNegative, "κ, added while the sign is kept"),
    Parameter("gain_decay", \.gainDecay, .fraction, "φ, factor when the sign changes"),
    Parameter("minimum_gain", \.minimumGain, .nonNegative, "smallest gain"),
    Parameter("maximum_gain", \.maximumGain, .positive, "largest gain"),
    Parameter("trend_decay", \.trendDecay, .fraction, "ρ, decay rate of the average gradient δ̄"),
  ]

  public var learningRate = 0.01
  public var gainIncrease = 0.05
  public var gainDecay = 0.95
  public var minimumGain = 0.1
  public var maximumGain = 10.0
  public var trendDecay = 0.0
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (minimumGain > maximumGain, "minimum_gain", "must not be above maximum_gain"),
      (minimumGain > maximumGain, "maximum_gain", "must not be below minimum_gain"))
  }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var gain: Scalar = 1
      var trend: Scalar = 0
    }

    let trend: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let gainIncrease: Scalar
    let gainDecay: Scalar
    let minimumGain: Scalar
    let maximumGain: Scalar

    init(_ rule: DeltaBarDelta, at context: StepContext) {
      trend = ExponentialMovingAverage(beta: rule.trendDecay)
      rate = Scalar(context.learningRate)
      gainIncrease = Scalar(rule.gainIncrease)
      gainDecay = Scalar(rule.gainDecay)
      minimumGain = Scalar(rule.minimumGain)
      maximumGain = Scalar(rule.maximumGain)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      // Signs are multiplied and not gradients, whose product may underflow.
      let agreement = gradient.visibleSign * memory.trend.visibleSign
      let changed =
        agreement > 0
        ? memory.gain + gainIncrease : agreement < 0 ? memory.gain * gainDecay : memory.gain
      let raised = changed < minimumGain ? minimumGain : changed
      memory.gain = raised > maximumGain ? maximumGain : raised
      memory.trend = trend.next(after: memory.trend, value: gradient)
      parameter -= rate * memory.gain * gradient
    }
  }
}
