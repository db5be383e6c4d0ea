public import Parameters

/// Adai: the inertia, not the rate, adapts to the second moment; its mean is over all parameters.
///
/// v ← β₂v + (1−β₂)g², β₁ = clip(1 − β₀(v̂/mean(v̂))^(1/(3−2τ)), 0, 1−ε), m ← β₁m + (1−β₁)^τ·g, θ ← θ − α·β₀^(1−τ)·m/(1 − Πβ₁) (Xie et al. 2022, Algorithm 2; the
/// mean is at least ε). Stable weight decay leaves the L2 penalty out of v.
public struct Adai: DecayingRule {
  public static let name = "adai"
  public static let summary = "momentum whose inertia adapts to the second moment"
  public static let equation =
    "v ← β₂v + (1−β₂)g², β₁ = clip(1 − β₀v̂/mean(v̂), 0, 1−ε), m ← β₁m + (1−β₁)g, θ ← θ − α·m/(1 − Πβ₁)"
  public static let source = "Xie et al. 2022, Algorithm 2"
  public static let hyperparameters: [Parameter<Adai>] = [
    .learningRate(1e-4...10, "step length per unit of gradient"),
    Parameter("beta0", \.beta0, .fraction, "weight of the gradient at a mean second moment, β₀"),
    .beta2(\.beta2),
    Parameter(
      "dampening", \.dampening,
      .number(NumberInterval(0, 1.5, includesUpper: false)),
      "power of the weight of the gradient, τ"),
    Parameter(
      "epsilon", \.epsilon, .nonNegative, "distance of the inertia to 1, and least mean of v"),
    Parameter(
      "stable_weight_decay", \.stableWeightDecay, "leaves the L2 penalty out of the second moment"),
  ]

  public var learningRate = 0.1
  public var beta0 = 0.1
  public var beta2 = 0.99
  public var dampening = 1.0
  public var epsilon = 1e-3
  public var stableWeightDecay = false
  public var decay = DecayForm()
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    decayConflicts
      + [Conflict](
        (
          stableWeightDecay && weightDecay == 0, "stable_weight_decay",
          "has no effect without weight_decay"
        ),
        (stableWeightDecay && decoupled, "stable_weight_decay", "has no effect with decoupled"))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let storage = SlotStorage<Scalar>(
      count: layout.count, slots: ["mean", "mean_square", "inertia_product"])
    storage[2].update(repeating: 1, count: layout.count)
    return Stepper(
      storage: storage,
      body: .gradient { context, parameters, gradients, storage in
        guard storage.count > 0 else { return }
        let size = measure(parameters, gradients, storage, at: context)
        // Other powers cost the loop its vectors.
        if dampening == 1 {
          move(parameters, gradients, storage, size: size, at: context) { ($0, $1) }
        } else {
          let (root, dampening) = (1 / (3 - 2 * dampening), dampening)
          move(parameters, gradients, storage, size: size, at: context) {
            (
              Scalar(power(Double($0), root)),
              Scalar(power(Double($1), dampening))
            )
          }
        }
      })
  }

  /// Updates the second moments; their corrected mean.
  @inline(__always)
  private func measure<Scalar: KernelScalar>(
    _ parameters: UnsafePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, at context: StepContext
  ) -> Double {
    let meanSquare = storage[1]
    let average = ExponentialMovingAverage<Scalar>(beta: beta2)
    let sign: Scalar = maximize ? -1 : 1
    let penalty = Scalar(stableWeightDecay ? 0 : decay.penalty)
    for index in 0..<storage.count {
      let gradient = sign * gradients[index] + penalty * parameters[index]
      meanSquare[index] = average.next(after: meanSquare[index], value: gradient * gradient)
    }
    let sum = VectorPrimitives.sum(storage.count) { Double(meanSquare[$0]) }
    let weight = ExponentialMovingAverage<Double>.totalWeight(beta: beta2, step: context.step)
    let size = sum / weight / Double(storage.count)
    // Written so that a NaN is no small mean.
    return size < epsilon ? epsilon : size
  }

  /// - Parameter powers: of the relative second moment and of the weight of the gradient.
  @inline(__always)
  private func move<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, size: Double, at context: StepContext,
    powers: (_ relative: Scalar, _ weight: Scalar) -> (Scalar, Scalar)
  ) {
    let (mean, meanSquare, product) = (storage[0], storage[1], storage[2])
    let weight = ExponentialMovingAverage<Double>.totalWeight(beta: beta2, step: context.step)
    let squareScale = Scalar(1 / weight / size)
    let (beta0, largest) = (Scalar(beta0), Scalar(1 - epsilon))
    let (sign, penalty) = (Scalar(maximize ? -1 : 1), Scalar(decay.penalty))
    let remainder: Scalar = decay.remainder(at: context)
    let rate = Scalar(context.learningRate * power(self.beta0, 1 - dampening))
    for index in 0..<storage.count {
      let gradient = sign * gradients[index] + penalty * parameters[index]
      let relative = powers(meanSquare[index] * squareScale, 0).0
      let inertia = (1 - beta0 * relative).clamped(0, largest)
      product[index] *= inertia
      mean[index] = inertia * mean[index] + powers(0, 1 - inertia).1 * gradient
      parameters[index] =
        parameters[index] * remainder - rate * (mean[index] / (1 - product[index]))
    }
  }
}
