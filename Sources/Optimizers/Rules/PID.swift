public import Parameters

/// A PID controller of the gradient: its value, its sum and its change.
///
/// i ← μi + (1−τ)g, d ← μd + (1−μ)(g − g₋₁) with no change at the first step, θ ← θ − α·(g + K_i·i + K_d·d) (An et al. 2018, equation 12). Without momentum
/// plain gradient descent.
public struct PID: DecayingRule {
  public static let name = "pid"
  public static let summary = "a controller that adds the sum and the change of gradients"
  public static let equation =
    "i ← μi + (1−τ)g, d ← μd + (1−μ)(g − g₋₁), θ ← θ − α·(g + K_i·i + K_d·d)"
  public static let source = "An et al. 2018, equation 12"
  public static let hyperparameters: [Parameter<PID>] = [
    .learningRate(1e-6...1, "step length per unit of gradient"),
    Parameter("momentum", \.momentum, .fraction, "decay rate of sum and change, μ; 0 for neither"),
    Parameter(
      "dampening", \.dampening, .number(in: 0...1),
      "fraction of the gradient left out of the sum, τ"),
    Parameter("integral", \.integral, .nonNegative, "weight of the sum of gradients, K_i"),
    Parameter("derivative", \.derivative, .nonNegative, "weight of the change of gradients, K_d"),
  ]

  public var learningRate = 0.001
  public var momentum = 0.9
  public var dampening = 0.0
  public var integral = 5.0
  public var derivative = 10.0
  public var decay = DecayForm()
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    decayConflicts
      + [Conflict](
        (momentum == 0 && dampening > 0, "dampening", "has no effect without momentum"))
  }

  public static var momentumPath: WritableKeyPath<PID, Double>? { \.momentum }
  /// Without momentum, the rule keeps nothing that a schedule could change.
  public var hasMomentum: Bool { momentum > 0 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    momentum > 0
      ? .elementwise(count: layout.count, form: gradientForm) {
        Update<Scalar>(scheduled(by: $0), at: $0)
      }
      : .elementwise(count: layout.count, form: gradientForm) {
        PlainUpdate<Scalar>(
          rate: Scalar($0.learningRate), shrinkage: decay.remainder(at: $0))
      }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var sum: Scalar = 0
      var change: Scalar = 0
      var formerGradient: Scalar = 0
    }

    let sum: ExponentialMovingAverage<Scalar>
    let change: ExponentialMovingAverage<Scalar>
    let hasFormer: Bool
    let integral: Scalar
    let derivative: Scalar
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: PID, at context: StepContext) {
      sum = ExponentialMovingAverage(beta: rule.momentum, newWeight: 1 - rule.dampening)
      change = ExponentialMovingAverage(beta: rule.momentum)
      hasFormer = context.step > 1
      integral = Scalar(rule.integral)
      derivative = Scalar(rule.derivative)
      rate = Scalar(context.learningRate)
      shrinkage = rule.decay.remainder(at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let difference = hasFormer ? gradient - memory.formerGradient : 0
      memory.sum = sum.next(after: memory.sum, value: gradient)
      memory.change = change.next(after: memory.change, value: difference)
      memory.formerGradient = gradient
      let step = gradient + integral * memory.sum + derivative * memory.change
      parameter = parameter * shrinkage - rate * step
    }
  }

  /// Without momentum.
  struct PlainUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    typealias Memory = NoMemory

    let rate: Scalar
    let shrinkage: Scalar

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout NoMemory) {
      parameter = parameter * shrinkage - rate * gradient
    }
  }
}
