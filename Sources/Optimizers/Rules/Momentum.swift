public import Parameters

/// Gradient descent with momentum, as heavy ball or as exponentially weighted average.
///
/// Heavy ball: v ← μv + (1−τ)g with v = g at the first step, θ ← θ − α·v (Polyak 1964; dampening τ as PyTorch has it).
/// Average: v ← μv + (1−μ)g from v = 0, θ ← θ − α·v, or α·v/(1−μᵗ) with bias correction. At a constant learning rate, the
/// average with α follows the heavy ball with α·(1−μ).
public struct Momentum: PenalizedRule, ElementwiseRule {
  public static let name = "momentum"
  public static let summary = "SGD with momentum (heavy ball)"
  public static let equation = "v ← μv + (1−τ)g, θ ← θ − α·v"
  public static let source = "Polyak 1964"
  public static let hyperparameters: [Parameter<Momentum>] =
    [
      .learningRate(1e-4...1, "step length per unit of velocity"),
      .momentum(\.momentum).searched(.complement, 0.5...0.99),
    ] + formHyperparameters

  public var learningRate = 0.01
  public var momentum = 0.9
  public var form = Form.heavyBall
  /// Heavy ball only.
  public var dampening = 0.0
  /// Average only.
  public var biasCorrection = false
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Momentum, Double>? { \.momentum }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var velocity: Scalar = 0
    }

    let velocity: ExponentialMovingAverage<Scalar>
    let rate: Scalar

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.velocity = velocity.next(after: memory.velocity, value: gradient)
      parameter -= rate * memory.velocity
    }
  }
}
