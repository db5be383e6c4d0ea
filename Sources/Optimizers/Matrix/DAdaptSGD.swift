public import Parameters

/// Momentum with D-Adaptation: the learning rate is an estimate of the distance to a solution.
///
/// With ρ = d·α/‖g₀‖, g₀ the first gradient that is not zero: r ← r + ρ·g·s with s from before, s ← s + ρ·g,
/// d ← max(d, min(2r/‖s‖, d·growth)), θ ← μθ + (1−μ)(θ₀ − s) (Defazio and Mishchenko 2023, Algorithm 4). Decay changes g, or
/// θ before the step by the factor 1 − ρλ, or 1 − λ if fixed. One distance for all tensors.
public struct DAdaptSGD: DirectedRule {
  public static let name = "dadapt_sgd"
  public static let summary =
    "momentum with a learning rate from an estimated distance to a solution"
  public static let equation =
    "s ← s + d·α/‖g₀‖·g, θ ← μθ + (1−μ)(θ₀ − s); d: lower bound of ‖θ₀ − θ*‖"
  public static let source = "Defazio and Mishchenko 2023, Algorithm 4"
  public static let hyperparameters: [Parameter<DAdaptSGD>] = [
    .learningRate(0.1...10, "factor on the estimated distance"),
    Parameter("momentum", \.momentum, .fraction, "fraction of the parameters that stays, μ")
      .searched(.complement, 0.5...0.99),
    Parameter("initial_distance", \.initialDistance, .positive, "first distance estimate, d₀"),
    Parameter(
      "growth_rate", \.growthRate, .nonNegative,
      "largest growth of the estimate per step, as a factor; 0 for no limit"),
    // Not quite the penalty of a pipeline: the first norm is of the gradient alone.
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative,
      "weight decay, in the gradient or, if 'decoupled', of the parameters, λ"),
    .decoupled(\.decoupled),
    Parameter("fixed_decay", \.fixedDecay, "decouples decay from the learning rate too"),
  ]

  public var learningRate = 1.0
  public var momentum = 0.9
  public var initialDistance = 1e-6
  public var growthRate = 0.0
  public var weightDecay = 0.0
  public var decoupled = false
  public var fixedDecay = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        growthRate > 0 && growthRate <= 1, "growth_rate",
        "must be above 1, or the distance never grows; 0 does not limit it"
      ),
      (decoupled && weightDecay == 0, "decoupled", "has no effect without weight_decay"),
      (fixedDecay && !decoupled, "fixed_decay", "has no effect without decoupled"))
  }

  public static var momentumPath: WritableKeyPath<DAdaptSGD, Double>? { \.momentum }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["start", "gradient_sum"],
        quantities: [("d", initialDistance), ("numerator", 0), ("first_norm", 0)]),
      body: .gradient { context, parameters, gradients, storage in
        scheduled(by: context).update(parameters, gradients, storage, at: context)
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, at context: StepContext
  ) {
    let (count, start, sum) = (storage.count, storage[0], storage[1])
    let quantities = storage.quantities
    if context.step == 1 { start.update(from: parameters, count: count) }
    if quantities[2] == 0 { quantities[2] = VectorPrimitives.norm(gradients, count) }
    // All gradients so far are zero.
    if quantities[2] == 0 { return }
    let d = quantities[0]
    let rate = d * context.learningRate / quantities[2]
    let sign: Scalar = gradient.maximize ? -1 : 1
    let penalty = Scalar(decoupled ? 0 : weightDecay)
    if decoupled {
      let remaining = Scalar(1 - weightDecay * (fixedDecay ? 1 : rate))
      for index in 0..<count { parameters[index] *= remaining }
    }
    quantities[1] +=
      rate
      * VectorPrimitives.sum(count) {
        Double(sign * gradients[$0] + penalty * parameters[$0]) * Double(sum[$0])
      }
    let total = ExponentialMovingAverage<Scalar>(beta: 1, newWeight: rate)
    for index in 0..<count {
      sum[index] = total.next(
        after: sum[index], value: sign * gradients[index] + penalty * parameters[index])
    }
    let estimate = 2 * quantities[1] / VectorPrimitives.norm(sum, count)
    // An estimate that is no number is none.
    let growth = growthRate == 0 ? estimate : min(estimate, d * growthRate)
    if growth > d { quantities[0] = growth }
    let (kept, new) = (Scalar(momentum), Scalar(1 - momentum))
    for index in 0..<count {
      parameters[index] = kept * parameters[index] + new * (start[index] - sum[index])
    }
  }
}
