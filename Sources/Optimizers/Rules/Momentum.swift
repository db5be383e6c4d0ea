public import Parameters

/// Gradient descent with momentum, as heavy ball or as exponentially weighted average.
///
/// Heavy ball: v ← μv + (1−τ)g with v = g at the first step, θ ← θ − α·v (Polyak 1964; dampening τ as PyTorch has it).
/// Average: v ← μv + (1−μ)g from v = 0, θ ← θ − α·v, or α·v/(1−μᵗ) with bias correction. At a constant rate, the
/// average at rate α follows the heavy ball at rate α·(1−μ).
public struct Momentum: Optimizer {
  public static let name = "momentum"
  public static let summary = "a velocity that remembers past gradients"
  public static let source = "Polyak 1964"
  public static let hyperparameters: [Parameter<Momentum>] = [
    Parameter("learning_rate", \.learningRate, .positive, "step length per unit of velocity")
      .searched(.log, 1e-4...1),
    Parameter("momentum", \.momentum, .fraction, "share of the velocity that a step keeps")
      .searched(.complement, 0.5...0.99),
    Parameter("form", \.form, "velocity as a sum (heavy_ball) or as an average of gradients"),
    Parameter(
      "dampening", \.dampening, .fraction, "share of the gradient that a heavy ball ignores"),
    Parameter("bias_correction", \.biasCorrection, "divides the average by 1 − μᵗ"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public enum Form: String, CaseIterable, Sendable {
    case heavyBall = "heavy_ball"
    case average
  }

  public var learningRate = 0.01
  public var momentum = 0.9
  public var form = Form.heavyBall
  /// Heavy ball only.
  public var dampening = 0.0
  /// Average only.
  public var biasCorrection = false
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        form == .heavyBall && biasCorrection, "bias_correction",
        "goes with form: average; a heavy ball is no average"
      ),
      (
        form == .average && dampening > 0, "dampening",
        "goes with form: heavy_ball; an average weighs gradients by 1 − momentum"
      ))
  }

  public static var momentumPath: WritableKeyPath<Momentum, Double>? { \.momentum }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var velocity: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let velocity: ExponentialMovingAverage<Scalar>
    let rate: Scalar

    init(_ rule: Momentum, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      var rate = context.learningRate
      switch rule.form {
      case .heavyBall:
        velocity = ExponentialMovingAverage(
          beta: rule.momentum, newWeight: context.step == 1 ? 1 : 1 - rule.dampening)
      case .average:
        velocity = ExponentialMovingAverage(beta: rule.momentum)
        if rule.biasCorrection {
          rate /= ExponentialMovingAverage<Double>.totalWeight(
            beta: rule.momentum, step: context.step)
        }
      }
      self.rate = Scalar(rate)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.velocity = velocity.next(
        after: memory.velocity, value: direction.apply(gradient, at: parameter))
      parameter -= rate * memory.velocity
    }
  }
}
