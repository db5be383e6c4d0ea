public import Parameters

/// Resilient backpropagation: steps grow while a gradient keeps its sign and shrink when it changes.
///
/// η ← clamp(η·η⁺) while g·g₋₁ > 0, clamp(η·η⁻) when < 0, where the coordinate also rests for one step; θ ← θ − η·sign(g), with η the
/// learning rate at the first step; later learning rates have no effect. Without the step back of the first paper (Riedmiller and
/// Braun 1993; this form: Igel and Hüsken 2000, iRprop⁻, as PyTorch has it).
public struct Rprop: DirectedRule, ElementwiseRule {
  public static let name = "rprop"
  public static let summary = "individual step sizes adapted from gradient signs"
  public static let equation =
    "η ← η·η⁺ if g·g₋₁ > 0, η·η⁻ if g·g₋₁ < 0 (then g ← 0), within limits; θ ← θ − η·sign(g)"
  public static let source = "Riedmiller and Braun 1993; Igel and Hüsken 2000, iRprop⁻"
  public static let hyperparameters: [Parameter<Rprop>] = [
    .learningRate(1e-4...1, "size of the first step"),
    Parameter("eta_plus", \.etaPlus, .positive, "η⁺, growth of a step while the sign stays"),
    Parameter("eta_minus", \.etaMinus, .fraction, "η⁻, shrinkage of a step when the sign changes"),
    Parameter("smallest_step", \.smallestStep, .positive, "lower limit of steps"),
    Parameter("largest_step", \.largestStep, .positive, "upper limit of steps"),
  ]

  public var learningRate = 0.01
  public var etaPlus = 1.2
  public var etaMinus = 0.5
  public var smallestStep = 1e-6
  public var largestStep = 50.0
  public var gradient = GradientForm()

  public init() {}

  public var followsRates: Bool { false }

  public var conflicts: [Conflict] {
    [Conflict](
      (etaPlus <= 1, "eta_plus", "must be above 1, or steps never grow"),
      (smallestStep > largestStep, "smallest_step", "must not be above largest_step"),
      (smallestStep > largestStep, "largest_step", "must not be below smallest_step"))
  }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var stepLength: Scalar = 0
      var formerGradient: Scalar = 0
    }

    /// The learning rate at the first step; 0 later, below any length.
    let leastFormer: Scalar
    let growth: Scalar
    let shrinkage: Scalar
    let smallest: Scalar
    let largest: Scalar

    init(_ rule: Rprop, at context: StepContext) {
      leastFormer = context.step == 1 ? Scalar(context.learningRate) : 0
      growth = Scalar(rule.etaPlus)
      shrinkage = Scalar(rule.etaMinus)
      smallest = Scalar(rule.smallestStep)
      largest = Scalar(rule.largestStep)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      // Signs are multiplied and not gradients, whose product may underflow; that of an infinite one is NaN.
      let agreement = gradient.visibleSign * memory.formerGradient.visibleSign
      // One choice after the other and none inside another, which would cost a loop several masks each.
      let raisedFactor = agreement > 0 ? growth : 1
      let factor = agreement < 0 ? shrinkage : raisedFactor
      let former = memory.stepLength > leastFormer ? memory.stepLength : leastFormer
      let length = former * factor
      let raised = length < smallest ? smallest : length
      memory.stepLength = raised > largest ? largest : raised
      memory.formerGradient = agreement < 0 ? 0 : gradient
      parameter -= memory.stepLength * memory.formerGradient.visibleSign
    }
  }
}
