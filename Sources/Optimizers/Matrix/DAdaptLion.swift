public import Parameters

/// Lion with D-Adaptation: the learning rate is an estimate of the distance to a solution.
///
/// With ρ = d·α and q = √β₂: u = sign(β₁m + (1−β₁)g), θ ← θ − ρu, m ← β₂m + (1−β₂)ρg, r ← qr + (1−q)ρ·u·s with s from before,
/// s ← qs + (1−q)ρu, d ← max(d, r/((1−q)‖s‖₁)) (Defazio and Mishchenko 2023, code of the authors; r is averaged as pytorch_optimizer
/// does: theirs forgets r, and d never grows at a rate of 1). Nothing limits d, which grows as long as signs agree. Decay changes g, or θ
/// before the step by the factor 1 − ρλ, or 1 − λ if fixed. One distance for all tensors.
public struct DAdaptLion: DirectedRule {
  public static let name = "dadapt_lion"
  public static let summary = "Lion with a learning rate from an estimated distance to a solution"
  public static let equation =
    "θ ← θ − d·α·sign(β₁m + (1−β₁)g), m ← β₂m + (1−β₂)d·α·g; d: lower bound of ‖θ₀ − θ*‖"
  public static let source = "Defazio and Mishchenko 2023, github.com/facebookresearch/dadaptation"
  public static let hyperparameters: [Parameter<DAdaptLion>] = [
    .learningRate(1e-3...10, "factor on the estimated distance"),
    Parameter("beta1", \.beta1, .fraction, "weight of the stored average in the step, β₁"),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the stored average, β₂"),
    Parameter("initial_distance", \.initialDistance, .positive, "first distance estimate, d₀"),
    .eitherDecay(\.weightDecay), .decoupled(\.decoupled),
    Parameter("fixed_decay", \.fixedDecay, "decouples decay from the learning rate too"),
  ]

  public var learningRate = 1.0
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var initialDistance = 1e-6
  public var weightDecay = 0.0
  public var decoupled = false
  public var fixedDecay = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (decoupled && weightDecay == 0, "decoupled", "has no effect without weight_decay"),
      (fixedDecay && !decoupled, "fixed_decay", "has no effect without decoupled"))
  }

  public static var momentumPath: WritableKeyPath<DAdaptLion, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean", "step_average"],
        quantities: [("d", initialDistance), ("numerator", 0)]),
      body: .gradient { context, parameters, gradients, storage in
        scheduled(by: context).update(parameters, gradients, storage, at: context)
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, at context: StepContext
  ) {
    let (count, mean, sum) = (storage.count, storage[0], storage[1])
    let quantities = storage.quantities
    let past = beta2.squareRoot()
    let rate = quantities[0] * context.learningRate
    let sign: Scalar = gradient.maximize ? -1 : 1
    let penalty = Scalar(decoupled ? 0 : weightDecay)
    if decoupled {
      let remaining = Scalar(1 - weightDecay * (fixedDecay ? 1 : rate))
      for index in 0..<count { parameters[index] *= remaining }
    }
    let ahead = ExponentialMovingAverage<Scalar>(beta: beta1)
    @inline(__always) func direction(_ index: Int, _ gradient: Scalar) -> Scalar {
      ahead.next(after: mean[index], value: gradient).visibleSign
    }
    let aligned = VectorPrimitives.sum(count) {
      let gradient = sign * gradients[$0] + penalty * parameters[$0]
      return Double(direction($0, gradient)) * Double(sum[$0])
    }
    quantities[1] = past * quantities[1] + (1 - past) * rate * aligned
    let average = ExponentialMovingAverage<Scalar>(beta: beta2, newWeight: (1 - beta2) * rate)
    let total = ExponentialMovingAverage<Scalar>(beta: past, newWeight: (1 - past) * rate)
    let step = Scalar(rate)
    for index in 0..<count {
      let gradient = sign * gradients[index] + penalty * parameters[index]
      let direction = direction(index, gradient)
      parameters[index] -= step * direction
      mean[index] = average.next(after: mean[index], value: gradient)
      sum[index] = total.next(after: sum[index], value: direction)
    }
    let denominator = (1 - past) * VectorPrimitives.absoluteSum(sum, count)
    guard denominator != 0 else { return }
    let estimate = quantities[1] / denominator
    // An estimate that is no number is none.
    if estimate > quantities[0] { quantities[0] = estimate }
  }
}
