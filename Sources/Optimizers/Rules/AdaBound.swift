public import Parameters

/// AdaBound: Adam whose step per parameter is clipped between bounds that close in on the rate of SGD.
///
/// η = clip(α√(1−β₂ᵗ)/((1−β₁ᵗ)(√(v + 10⁻¹⁵) + ε)), η_l, η_u), θ ← (1 − αλ)θ − η·m with η_l = α*(1 − 1/(γt + 1)), η_u = α*(1 + 1/(γt)) and moments as in
/// Adam (Luo et al. 2019, Algorithm 2). The final rate α* follows a schedule in proportion.
public struct AdaBound: DecayingRule {
  public static let name = "adabound"
  public static let summary = "Adam that turns into SGD: steps between bounds that meet"
  public static let equation =
    "m, v as adam; η = clip(α̂/(√v + ε), α*(1 − 1/(γt + 1)), α*(1 + 1/(γt))), θ ← (1 − αλ)θ − η·m"
  public static let source = "Luo et al. 2019, Algorithm 2"
  public static let hyperparameters: [Parameter<AdaBound>] = [
    .learningRate(1e-4...1),
    Parameter(
      "final_rate", \.finalRate, .positive, "learning rate that the bounds close in on, α*"),
    .beta1(\.beta1), .beta2(\.beta2),
    Parameter("bound_speed", \.boundSpeed, .positive, "how fast the bounds close in, γ"),
    .epsilon(\.epsilon), .amsgrad(\.amsgrad),
  ]

  public var learningRate = 0.001
  public var finalRate = 0.1
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var boundSpeed = 0.001
  public var epsilon = 1e-8
  public var amsgrad = false
  public var decay = DecayForm(decoupled: true)
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<AdaBound, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    amsgrad
      ? .elementwise(count: layout.count, form: gradientForm) {
        LargestUpdate<Scalar>(step: Step(scheduled(by: $0), at: $0))
      }
      : .elementwise(count: layout.count, form: gradientForm) {
        Update<Scalar>(step: Step(scheduled(by: $0), at: $0))
      }
  }

  /// The coefficients of a step of either kind.
  struct Step<Scalar: KernelScalar>: Sendable {
    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    /// α√(1−β₂ᵗ)/(1−β₁ᵗ).
    let rate: Scalar
    let (lower, upper): (Scalar, Scalar)
    let epsilon: Scalar
    let shrinkage: Scalar

    init(_ rule: AdaBound, at context: StepContext) {
      typealias Average = ExponentialMovingAverage<Double>
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      let correction = Average.totalWeight(beta: rule.beta2, step: context.step).squareRoot()
      rate = Scalar(
        context.learningRate * correction
          / Average.totalWeight(beta: rule.beta1, step: context.step))
      let final = rule.finalRate * context.learningRate / rule.learningRate
      let progress = rule.boundSpeed * Double(context.step)
      lower = Scalar(final * (1 - 1 / (progress + 1)))
      upper = Scalar(final * (1 + 1 / progress))
      epsilon = Scalar(rule.epsilon)
      shrinkage = rule.decay.remainder(at: context)
    }

    @inline(__always)
    func move(_ parameter: inout Scalar, _ mean: Scalar, moment: Scalar) {
      let root = (moment + 1e-15).vectorSquareRoot + epsilon
      parameter = parameter * shrinkage - (rate / root).clamped(lower, upper) * mean
    }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = step.mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = step.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      step.move(&parameter, memory.mean, moment: memory.meanSquare)
    }
  }

  /// AMSBound.
  struct LargestUpdate<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
      var largestMeanSquare: Scalar = 0
    }

    let step: Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = step.mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = step.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      memory.largestMeanSquare = memory.meanSquare.visibleMaximum(with: memory.largestMeanSquare)
      step.move(&parameter, memory.mean, moment: memory.largestMeanSquare)
    }
  }
}
