public import Parameters

/// RMSprop; by default without bias correction and with epsilon outside the root.
///
/// s ← ρs + (1−ρ)g², θ ← θ − α·g/(√s + ε) (Tieleman and Hinton 2012, lecture 6.5). Centered: √(s − m²) with
/// m ← ρm + (1−ρ)g (Graves 2013, section 4.2). Momentum: b ← μb + g/denominator, θ ← θ − α·b (as PyTorch has it).
public struct RMSprop: PenalizedRule {
  public static let name = "rmsprop"
  public static let summary = "divides by the root of a running average of squared gradients"
  public static let equation = "s ← ρs + (1−ρ)g², θ ← θ − α·g/(√s + ε)"
  public static let source = "Tieleman and Hinton 2012, lecture 6.5"
  public static let hyperparameters: [Parameter<RMSprop>] =
    [
      .learningRate(1e-4...1),
      Parameter("decay", \.decay, .fraction, "decay rate of the second moment, ρ"),
      .epsilon(\.epsilon), .momentum(\.momentum),
    ] + optionHyperparameters

  public var learningRate = 0.01
  /// ρ of the equations.
  public var decay = 0.99
  public var epsilon = 1e-8
  public var momentum = 0.0
  public var centered = false
  public var nesterov = false
  public var rateInVelocity = false
  public var biasCorrection = false
  public var epsilonInsideRoot = false
  public var gradient = GradientForm()

  public init() {}

  /// The published rule: one slot.
  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var meanSquare: Scalar = 0
    }

    let meanSquare: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let epsilon: Scalar

    init(_ rule: RMSprop, at context: StepContext) {
      meanSquare = ExponentialMovingAverage(beta: rule.decay)
      rate = Scalar(context.learningRate)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      parameter -= rate * gradient / (memory.meanSquare.vectorSquareRoot + epsilon)
    }
  }
}
