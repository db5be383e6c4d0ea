public import Parameters

/// Schedule-free AdamW: gradients at an interpolation, evaluation at an average, steps scaled as RMSprop's.
///
/// v ← β₂v + (1−β₂)g², z ← z − α_t(g/(√v̂ + ε) + λy), x ← (1−c)x + cz, y ← β₁x + (1−β₁)z with v̂ = v/(1−β₂ᵗ), c = w_t/Σw
/// and w_t = tʳ·(largest α so far)ᵖ (Defazio et al. 2024, Algorithm 1 in appendix). The parameters are y; x is where to evaluate.
public struct ScheduleFreeAdamW: Optimizer {
  public static let name = "schedule_free_adamw"
  public static let summary =
    "AdamW that averages its iterates instead of decaying the learning rate"
  public static let equation =
    "v ← β₂v + (1−β₂)g², z ← z − α(g/(√v̂ + ε) + λy), x ← (1−c)x + cz, y ← β₁x + (1−β₁)z"
  public static let source = "Defazio et al. 2024, schedule-free AdamW"
  public static let hyperparameters: [Parameter<ScheduleFreeAdamW>] = [
    .learningRate(1e-4...1),
    Parameter("beta1", \.beta1, .openFraction, "weight of the average in the parameters, β₁"),
    .beta2(\.beta2), .epsilon(\.epsilon), .warmUpSteps(\.warmupSteps),
    .weightPower(\.weightPower), .weightRatePower(\.weightRatePower),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.0025
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var warmupSteps = 0
  public var weightPower = 0.0
  public var weightRatePower = 2.0
  public var weightDecay = 0.0

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let averaging = ScheduleFreeAveraging(
      beta: beta1, warmupSteps: warmupSteps, weightPower: weightPower,
      weightRatePower: weightRatePower)
    return averaging.stepper(count: layout.count, initial: Update<Scalar>.Memory()) {
      Update(self, averaging: $1, at: $0)
    }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var descent: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let averaging: ScheduleFreeAveraging.Step<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let root: RootDenominator<Scalar>
    let decay: Scalar

    init(
      _ rule: ScheduleFreeAdamW, averaging: ScheduleFreeAveraging.Step<Scalar>,
      at context: StepContext
    ) {
      self.averaging = averaging
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      root = RootDenominator(beta: rule.beta2, epsilon: rule.epsilon, at: context)
      decay = Scalar(rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let direction = gradient / root.of(memory.meanSquare)
      averaging.apply(
        direction + decay * parameter, to: &parameter, descent: &memory.descent)
    }
  }
}
