public import Parameters

/// Schedule-free SGD: gradients at an interpolation, evaluation at an average, no schedule to choose.
///
/// z ← z − α_t(g + λy), x ← (1−c)x + cz, y ← βx + (1−β)z with g taken at y, c = w_t/Σw and w_t = tʳ·(largest α so far)ᵖ
/// (Defazio et al. 2024, Algorithm 1). The parameters are y; x is where to evaluate.
public struct ScheduleFreeSGD: Optimizer {
  public static let name = "schedule_free_sgd"
  public static let summary = "gradient descent that averages instead of lowering its rate"
  public static let source = "Defazio et al. 2024, Algorithm 1"
  public static let hyperparameters: [Parameter<ScheduleFreeSGD>] = [
    Parameter("learning_rate", \.learningRate, .positive, "step length per unit of gradient")
      .searched(.log, 1e-3...100),
    Parameter("beta", \.beta, .openFraction, "share of the average in the parameters"),
    Parameter("warmup_steps", \.warmupSteps, .whole(atLeast: 0), "steps of linear warm-up"),
    Parameter("weight_power", \.weightPower, .nonNegative, "power r of t in the weights"),
    Parameter(
      "weight_rate_power", \.weightRatePower, .nonNegative, "power of the rate in the weights"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
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
    return averaging.stepper(count: layout.count, initial: Update<Scalar>.Memory()) {
      Update(averaging: $1, decay: Scalar(weightDecay))
    }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var descent: Scalar = 0
    }

    let initialMemory = Memory()
    let averaging: ScheduleFreeAveraging.Step<Scalar>
    let decay: Scalar

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      averaging.apply(gradient + decay * parameter, to: &parameter, descent: &memory.descent)
    }
  }
}
