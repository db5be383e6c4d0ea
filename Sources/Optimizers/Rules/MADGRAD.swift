public import Parameters

/// MADGRAD: dual averaging from the start, divided by the cube root of summed squares.
///
/// With ρ = (α + ε)√t: s ← s + ρg, v ← v + ρg², z = θ₀ − s/(∛v + ε), θ ← μθ + (1−μ)z (Defazio and Jelassi 2022, Algorithm 1). Decoupled decay subtracts
/// (α + ε)λ times the former θ. Without momentum, θ₀ is not kept but found again from θ.
public struct MADGRAD: DirectedRule {
  public static let name = "madgrad"
  public static let summary = "dual averaging divided by the cube root of summed squares"
  public static let equation =
    "s ← s + α√t·g, v ← v + α√t·g², z = θ₀ − s/(∛v + ε), θ ← μθ + (1−μ)z"
  public static let source = "Defazio and Jelassi 2022, Algorithm 1"
  public static let hyperparameters: [Parameter<MADGRAD>] = [
    .learningRate(1e-5...1, "factor on all gradients so far"),
    Parameter("momentum", \.momentum, .fraction, "fraction of a parameter that each step keeps, μ"),
    .epsilon(\.epsilon), .eitherDecay(\.weightDecay), .decoupled(\.decoupled),
  ]

  public var learningRate = 0.01
  public var momentum = 0.9
  public var epsilon = 1e-6
  public var weightDecay = 0.0
  public var decoupled = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict]((decoupled && weightDecay == 0, "decoupled", "has no effect without weight_decay"))
  }

  public static var momentumPath: WritableKeyPath<MADGRAD, Double>? { \.momentum }
  /// Without momentum, the rule does not keep the start that a schedule's momentum would need.
  public var hasMomentum: Bool { momentum > 0 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let form = GradientForm(weightDecay: decoupled ? 0 : weightDecay, maximize: maximize)
    return momentum > 0
      ? .elementwise(count: layout.count, form: form) {
        Update<Scalar>(step: Step(scheduled(by: $0), at: $0))
      }
      : .elementwise(count: layout.count, form: form) {
        PlainUpdate<Scalar>(step: Step(self, at: $0))
      }
  }

  /// The coefficients of a step of either kind.
  struct Step<Scalar: KernelScalar>: Sendable {
    let isFirst: Bool
    /// ρ.
    let weight: Scalar
    let epsilon: Scalar
    /// 1 − μ.
    let newShare: Scalar
    /// (α + ε)λ of decoupled decay.
    let shrinkage: Scalar

    init(_ rule: MADGRAD, at context: StepContext) {
      isFirst = context.step == 1
      let rate = context.learningRate == 0 ? 0 : context.learningRate + rule.epsilon
      weight = Scalar(rate * Double(context.step).squareRoot())
      epsilon = Scalar(rule.epsilon)
      newShare = Scalar(1 - rule.momentum)
      shrinkage = Scalar(rule.decoupled ? rate * rule.weightDecay : 0)
    }

    /// s/(∛v + ε); 0 where nothing was seen.
    @inline(__always)
    func distance(_ sum: Scalar, _ sumOfSquares: Scalar) -> Scalar {
      let root = sumOfSquares.vectorCubeRoot + epsilon
      return root == 0 ? 0 : sum / root
    }

    @inline(__always)
    func gather(_ gradient: Scalar, _ sum: inout Scalar, _ sumOfSquares: inout Scalar) {
      sumOfSquares += weight * (gradient * gradient)
      sum += weight * gradient
    }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var gradientSum: Scalar = 0
      var sumOfSquares: Scalar = 0
      var start: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.start = step.isFirst ? parameter : memory.start
      step.gather(gradient, &memory.gradientSum, &memory.sumOfSquares)
      let target = memory.start - step.distance(memory.gradientSum, memory.sumOfSquares)
      parameter =
        parameter + step.newShare * (target - parameter) - step.shrinkage * parameter
    }
  }

  /// Without momentum.
  struct PlainUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var gradientSum: Scalar = 0
      var sumOfSquares: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let start = parameter + step.distance(memory.gradientSum, memory.sumOfSquares)
      step.gather(gradient, &memory.gradientSum, &memory.sumOfSquares)
      parameter =
        start - step.distance(memory.gradientSum, memory.sumOfSquares)
        - step.shrinkage * parameter
    }
  }
}
