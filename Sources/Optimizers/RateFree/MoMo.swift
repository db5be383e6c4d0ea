public import Parameters

/// MoMo: momentum with a step length from the losses, as far as their model reaches a lower bound.
///
/// m ← βm + (1−β)g, f̄ ← βf̄ + (1−β)f, γ ← βγ + (1−β)g·θ, each from the first value; τ = min(α, max(s(f̄ − f* − γ) + m·θ, 0)/‖m‖²) with s = 1 + αλ;
/// θ ← θ − αλ/s·θ − τm (Schaipp et al. 2024, Algorithm 1; the decay as optax has it). No step where ‖m‖² is below the machine epsilon. All
/// products are over all tensors.
public struct MoMo: Optimizer {
  public static let name = "momo"
  public static let summary = "momentum with a step length from the loss and its lower bound"
  public static let equation =
    "m, f̄, γ average g, f, g·θ with β; θ ← θ − τm, τ = min(α, max(f̄ − f* − γ + m·θ, 0)/‖m‖²)"
  public static let source = "Schaipp et al. 2024, Algorithm 1"
  public static let hyperparameters: [Parameter<MoMo>] = [
    .learningRate(1e-2...100, "largest step length"),
    Parameter("beta", \.beta, .fraction, "decay rate of the averages, β"),
    Parameter("lower_bound", \.lowerBound, .real, "f*, smallest loss there can be"),
    Parameter(
      "adapt_lower_bound", \.adaptsLowerBound, "estimates the bound, from lower_bound up"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative,
      "proximal weight decay, λ: shrinks by αλ/(1 + αλ)"
    ),
  ]

  public var learningRate = 1.0
  public var beta = 0.9
  public var lowerBound = 0.0
  public var adaptsLowerBound = false
  public var weightDecay = 0.0

  public init() {}

  public static var momentumPath: WritableKeyPath<MoMo, Double>? { \.beta }
  public var comparesLosses: Bool { true }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean"],
        quantities: [("loss_average", 0), ("slope_average", 0)]
          + (adaptsLowerBound ? [("bound", lowerBound)] : [])),
      body: .loss { context, parameters, gradients, loss, storage in
        scheduled(by: context).update(parameters, gradients, loss: loss, storage, at: context)
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    loss: Double, _ storage: SlotStorage<Scalar>, at context: StepContext
  ) {
    let (count, mean, quantities) = (storage.count, storage[0], storage.quantities)
    let beta = context.step == 1 ? 0 : beta
    let average = ExponentialMovingAverage<Scalar>(beta: beta)
    let slope = VectorPrimitives.dot(gradients, parameters, count)
    quantities[0] = beta * quantities[0] + (1 - beta) * loss
    quantities[1] = beta * quantities[1] + (1 - beta) * slope
    for index in 0..<count {
      mean[index] = average.next(after: mean[index], value: gradients[index])
    }
    let rate = context.learningRate
    let model = TruncatedModel(
      loss: quantities[0], slope: quantities[1],
      product: VectorPrimitives.dot(mean, parameters, count),
      squaredNorm: VectorPrimitives.squaredNorm(mean, count), weight: 1, rate: rate,
      growth: 1 + rate * weightDecay)
    let step: Double
    if adaptsLowerBound {
      step = model.step(bound: model.lowered(quantities[2], least: lowerBound))
      quantities[2] = model.raised(afterStep: step, least: lowerBound)
    } else {
      step = model.step(bound: lowerBound)
    }
    let (shrinkage, length) = (Scalar(rate * weightDecay / model.growth), Scalar(step))
    for index in 0..<count {
      parameters[index] -= shrinkage * parameters[index] + length * mean[index]
    }
  }
}
