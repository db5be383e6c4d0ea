public import Parameters

/// MoMo with the moments of Adam; epsilon outside the root.
///
/// m, v as in Adam, f̄ ← β₁f̄ + (1−β₁)f, γ ← β₁γ + (1−β₁)g·θ, w = 1 − β₁ᵗ, D = ε + √(v/(1−β₂ᵗ)), s = 1 + αλ;
/// τ = min(α/w, max(s(f̄ − w·f* − γ) + m·θ, 0)/(m·m/D)), θ ← θ − αλ/s·θ − τm/D (Schaipp et al. 2024, Algorithm 2; the decay as optax has it). No
/// step where m·m/D is below the machine epsilon. All products are over all tensors.
public struct MoMoAdam: Optimizer {
  public static let name = "momo_adam"
  public static let summary = "Adam with a step length from the loss and its lower bound"
  public static let equation =
    "m, v as adam, f̄, γ average f, g·θ with β₁; θ ← θ − τm/D, τ = min(α/w, max(f̄ − wf* − γ + m·θ, 0)/(m·m/D)), D = √v̂ + ε, w = 1 − β₁ᵗ"
  public static let source = "Schaipp et al. 2024, Algorithm 2"
  public static let hyperparameters: [Parameter<MoMoAdam>] = [
    .learningRate(1e-4...10, "largest change of a parameter per step"),
    .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    Parameter("lower_bound", \.lowerBound, .real, "f*, smallest loss there can be"),
    Parameter(
      "adapt_lower_bound", \.adaptsLowerBound, "estimates the bound, from lower_bound up"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative,
      "proximal weight decay, λ: shrinks by αλ/(1 + αλ)"
    ),
  ]

  public var learningRate = 0.01
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var lowerBound = 0.0
  public var adaptsLowerBound = false
  public var weightDecay = 0.0

  public init() {}

  public static var momentumPath: WritableKeyPath<MoMoAdam, Double>? { \.beta1 }
  public var comparesLosses: Bool { true }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean", "mean_square"],
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
    let (count, mean, meanSquare) = (storage.count, storage[0], storage[1])
    let quantities = storage.quantities
    let first = ExponentialMovingAverage<Scalar>(beta: beta1)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2)
    let slope = VectorPrimitives.dot(gradients, parameters, count)
    quantities[0] = beta1 * quantities[0] + (1 - beta1) * loss
    quantities[1] = beta1 * quantities[1] + (1 - beta1) * slope
    for index in 0..<count {
      let gradient = gradients[index]
      mean[index] = first.next(after: mean[index], value: gradient)
      meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
    }
    let root = RootDenominator<Scalar>(beta: beta2, epsilon: epsilon, at: context)
    let rate = context.learningRate
    let model = TruncatedModel(
      loss: quantities[0], slope: quantities[1],
      product: VectorPrimitives.dot(mean, parameters, count),
      squaredNorm: VectorPrimitives.sum(count) {
        Double(mean[$0]) * Double(mean[$0] / root.of(meanSquare[$0]))
      },
      weight: ExponentialMovingAverage<Double>.totalWeight(beta: beta1, step: context.step),
      rate: rate, growth: 1 + rate * weightDecay)
    let step: Double
    if adaptsLowerBound {
      step = model.step(bound: model.lowered(quantities[2], least: lowerBound))
      quantities[2] = model.raised(afterStep: step, least: lowerBound)
    } else {
      step = model.step(bound: lowerBound)
    }
    let (shrinkage, length) = (Scalar(rate * weightDecay / model.growth), Scalar(step))
    for index in 0..<count {
      parameters[index] -=
        shrinkage * parameters[index] + length * mean[index] / root.of(meanSquare[index])
    }
  }
}
