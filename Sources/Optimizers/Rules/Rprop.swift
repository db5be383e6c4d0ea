public import Parameters

/// Resilient backpropagation: steps grow while a gradient keeps its sign and shrink when it flips.
///
/// η ← clamp(η·η⁺) while g·g₋₁ > 0, clamp(η·η⁻) when < 0, where the coordinate also rests for one step; θ ← θ − η·sign(g), with η the
/// learning rate of the first step to begin with; later rates change nothing. Without
/// the step back of the first paper (Riedmiller and Braun 1993; this form: Igel and Hüsken 2000, iRprop⁻, as PyTorch has it).
public struct Rprop: Optimizer {
  public static let name = "rprop"
  public static let summary = "step lengths of their own, by the sign of the gradient"
  public static let source = "Riedmiller and Braun 1993; Igel and Hüsken 2000, iRprop⁻"
  public static let hyperparameters: [Parameter<Rprop>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of the first step")
      .searched(.log, 1e-4...1),
    Parameter("eta_plus", \.etaPlus, .positive, "growth of a step while the sign stays"),
    Parameter("eta_minus", \.etaMinus, .fraction, "shrinkage of a step when the sign flips"),
    Parameter("smallest_step", \.smallestStep, .positive, "steps shrink no further"),
    Parameter("largest_step", \.largestStep, .positive, "steps grow no further"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.01
  public var etaPlus = 1.2
  public var etaMinus = 0.5
  public var smallestStep = 1e-6
  public var largestStep = 50.0
  public var maximize = false

  public init() {}

  public var followsRates: Bool { false }

  public var conflicts: [Conflict] {
    [Conflict](
      (etaPlus <= 1, "eta_plus", "must be above 1, or steps never grow"),
      (smallestStep > largestStep, "smallest_step", "must not be above largest_step"),
      (smallestStep > largestStep, "largest_step", "must not be below smallest_step"))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(self, at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var stepLength: Scalar = 0
      var formerGradient: Scalar = 0
    }

    let initialMemory = Memory()
    /// The learning rate at the first step; 0 later, below any length.
    let leastFormer: Scalar
    let sign: Scalar
    let growth: Scalar
    let shrinkage: Scalar
    let smallest: Scalar
    let largest: Scalar

    init(_ rule: Rprop, at context: StepContext) {
      leastFormer = context.step == 1 ? Scalar(context.learningRate) : 0
      sign = rule.maximize ? -1 : 1
      growth = Scalar(rule.etaPlus)
      shrinkage = Scalar(rule.etaMinus)
      smallest = Scalar(rule.smallestStep)
      largest = Scalar(rule.largestStep)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = sign * gradient
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
