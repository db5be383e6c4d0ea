public import Parameters

/// Schedule-free SGD: gradients at an interpolation, evaluation at an average, without a schedule.
///
/// z ← z − α_t(g + λy), x ← (1−c)x + cz, y ← βx + (1−β)z with g taken at y, c = w_t/Σw and w_t = tʳ·(largest α so far)ᵖ
/// (Defazio et al. 2024, Algorithm 1). The parameters are y; x is where to evaluate.
public struct ScheduleFreeSGD: Optimizer {
  public static let name = "schedule_free_sgd"
  public static let summary = "SGD that averages its iterates instead of decaying the learning rate"
  public static let equation =
    "z ← z − α(g + λy), x ← (1−c)x + cz, y ← βx + (1−β)z; g is taken at y, x is evaluated"
  public static let source = "Defazio et al. 2024, Algorithm 1"
  public static let hyperparameters: [Parameter<ScheduleFreeSGD>] = [
    .learningRate(1e-3...100, "step length per unit of gradient"),
    Parameter("beta", \.beta, .openFraction, "weight of the average in the parameters, β"),
    .warmUpSteps(\.warmupSteps), .weightPower(\.weightPower),
    .weightRatePower(\.weightRatePower), .penalty(\.weightDecay),
  ]

  public var learningRate = 1.0
  public var beta = 0.9
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
      beta: beta, warmupSteps: warmupSteps, weightPower: weightPower,
      weightRatePower: weightRatePower)
    let form = GradientForm(weightDecay: weightDecay)
    return averaging.stepper(count: layout.count, initial: Update<Scalar>.Memory()) {
      FormedUpdate(Update(averaging: $1), form)
    }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var descent: Scalar = 0
    }

    let averaging: ScheduleFreeAveraging.Step<Scalar>

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      averaging.apply(gradient, to: &parameter, descent: &memory.descent)
    }
  }
}
