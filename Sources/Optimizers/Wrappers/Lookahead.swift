public import Parameters

/// Lookahead: slow weights that follow the fast weights of another optimizer every few steps.
///
/// Every k steps φ ← φ + α(θ − φ) and θ ← φ (Zhang et al. 2019, Algorithm 1). The wrapped optimizer keeps its state. The slow
/// weights φ are evaluated, as in the paper.
public struct Lookahead: Optimizer {
  public static let name = "lookahead"
  public static let summary = "k steps of another optimizer, then a step back toward the start"
  public static let equation = "every k steps: φ ← φ + a(θ − φ), θ ← φ"
  public static let source = "Zhang et al. 2019, Algorithm 1"
  public static let hyperparameters: [Parameter<Lookahead>] = [
    .learningRate(1e-4...10, "that of the wrapped optimizer"),
    .wrappedRule(\.rule, "optimizer of the fast steps"),
    Parameter("sync_period", \.syncPeriod, .whole(atLeast: 1), "k, fast steps per slow step"),
    Parameter(
      "slow_step_size", \.slowStepSize, .positive, "a, fraction of the way to the fast weights"),
  ]

  public var rule = WrappedRule(SGD())
  public var syncPeriod = 5
  public var slowStepSize = 0.5

  public var learningRate: Double {
    get { rule.rule.learningRate }
    set { rule.rule.learningRate = newValue }
  }

  public init() {}

  public var conflicts: [Conflict] { rule.conflicts }
  public var hasMomentum: Bool { rule.rule.hasMomentum }
  public var comparesLosses: Bool { rule.rule.comparesLosses }
  public var followsRates: Bool { rule.rule.followsRates }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as scalar: Scalar.Type
  ) -> Stepper<Scalar> {
    let inner = rule.rule.stepper(for: layout, as: scalar)
    return Stepper(
      storage: SlotStorage(count: layout.count, slots: ["slow"]),
      evaluationPoint: { _, point, storage in
        point.update(from: storage[0], count: storage.count)
      },
      inner: inner,
      body: inner.needsObjective
        ? .objective { context, parameters, objective, storage in
          remember(parameters, storage, at: context)
          inner.advance(parameters, learningRate: context.learningRate, objective: objective)
          synchronize(parameters, storage, at: context)
        }
        : .gradient { context, parameters, gradients, storage in
          remember(parameters, storage, at: context)
          inner.advance(parameters, gradients: gradients, learningRate: context.learningRate)
          synchronize(parameters, storage, at: context)
        })
  }

  @inline(__always)
  private func remember<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ storage: SlotStorage<Scalar>,
    at context: StepContext
  ) {
    if context.step == 1 { storage[0].update(from: parameters, count: storage.count) }
  }

  @inline(__always)
  private func synchronize<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ storage: SlotStorage<Scalar>,
    at context: StepContext
  ) {
    guard context.step.isMultiple(of: syncPeriod) else { return }
    let slow = storage[0]
    let share = Scalar(slowStepSize)
    for index in 0..<storage.count {
      slow[index] += share * (parameters[index] - slow[index])
      parameters[index] = slow[index]
    }
  }
}
