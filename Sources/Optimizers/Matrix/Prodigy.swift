public import Parameters

/// Prodigy: Adam that estimates its learning rate from the distance traveled.
///
/// With ρ = d·α (times √(1−β₂ᵗ)/(1−β₁ᵗ) if bias-corrected): r ← β₃r + (d/d₀)·ρ·g·(θ₀ − θ), m ← β₁m + (1−β₁)d·g,
/// v ← β₂v + (1−β₂)d²g², s ← β₃s + (d/d₀)·ρ·g, d̂ = c·r/‖s‖₁; d grows to the largest d̂ so far, by a limited factor a step;
/// θ ← θ(1 − ρλ) − ρ·m/(√v + d·ε) with the new d under the fraction and the old one in ρ (Mishchenko and Defazio 2024,
/// Algorithm 4). One distance for all tensors.
public struct Prodigy: Optimizer {
  public static let name = "prodigy"
  public static let summary = "Adam that estimates its learning rate from the distance traveled"
  public static let equation =
    "m ← β₁m + (1−β₁)d·g, v ← β₂v + (1−β₂)d²g², θ ← θ − d·α·m/(√v + d·ε); d: largest estimate of ‖θ₀ − θ*‖"
  public static let source = "Mishchenko and Defazio 2024, Algorithm 4"
  public static let hyperparameters: [Parameter<Prodigy>] = [
    .learningRate(0.1...10, "factor on the estimated distance"),
    .beta1(\.beta1), .beta2(\.beta2),
    Parameter("beta3", \.beta3, .fraction, "decay rate of the distance estimate, β₃; 0 for √β₂"),
    .epsilon(\.epsilon),
    Parameter("initial_distance", \.initialDistance, .positive, "first distance estimate, d₀"),
    Parameter(
      "distance_coefficient", \.distanceCoefficient, .positive, "factor on distance estimates"),
    Parameter(
      "growth_rate", \.growthRate, .nonNegative,
      "largest growth of the estimate per step, as a factor; 0 for no limit"),
    .biasCorrection(\.biasCorrection),
    Parameter(
      "safeguard_warmup", \.safeguardWarmup,
      "leaves the learning rate out of the denominator of the estimate"),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 1.0
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var beta3 = 0.0
  public var epsilon = 1e-8
  public var initialDistance = 1e-6
  public var distanceCoefficient = 1.0
  public var growthRate = 0.0
  public var biasCorrection = false
  public var safeguardWarmup = false
  public var weightDecay = 0.0

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        growthRate > 0 && growthRate <= 1, "growth_rate",
        "must be above 1, or the distance never grows; 0 does not limit it"
      ))
  }

  public static var momentumPath: WritableKeyPath<Prodigy, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean", "mean_square", "gradient_sum", "start"],
        quantities: [
          ("d", initialDistance), ("largest_estimate", initialDistance), ("numerator", 0),
        ]),
      body: .gradient { context, parameters, gradients, storage in
        scheduled(by: context).update(parameters, gradients, storage, at: context)
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, at context: StepContext
  ) {
    typealias Average = ExponentialMovingAverage<Double>
    let count = storage.count
    let (mean, meanSquare, sum, start) = (storage[0], storage[1], storage[2], storage[3])
    if context.step == 1 { start.update(from: parameters, count: count) }
    let quantities = storage.quantities
    let d = quantities[0]
    let past = beta3 == 0 ? beta2.squareRoot() : beta3
    var rate = d * context.learningRate
    if biasCorrection {
      rate *=
        Average.totalWeight(beta: beta2, step: context.step).squareRoot()
        / Average.totalWeight(beta: beta1, step: context.step)
    }
    let relative = d / initialDistance
    let traveled = VectorPrimitives.sum(count) {
      Double(gradients[$0]) * Double(start[$0] - parameters[$0])
    }
    quantities[2] = past * quantities[2] + relative * rate * traveled
    let first = ExponentialMovingAverage<Scalar>(beta: beta1, newWeight: (1 - beta1) * d)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2, newWeight: (1 - beta2) * d * d)
    let total = ExponentialMovingAverage<Scalar>(
      beta: past, newWeight: relative * (safeguardWarmup ? d : rate))
    for index in 0..<count {
      let gradient = gradients[index]
      mean[index] = first.next(after: mean[index], value: gradient)
      meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
      sum[index] = total.next(after: sum[index], value: gradient)
    }
    let newD = grown(quantities, denominator: VectorPrimitives.absoluteSum(sum, count))
    let remaining = Scalar(1 - rate * weightDecay)
    let step = Scalar(rate)
    let floor = Scalar(newD * epsilon)
    for index in 0..<count {
      parameters[index] =
        parameters[index] * remaining - step * mean[index]
        / (meanSquare[index].vectorSquareRoot + floor)
    }
  }

  /// Updates d and its largest estimate.
  private func grown(_ quantities: UnsafeMutablePointer<Double>, denominator: Double) -> Double {
    // All gradients so far are zero: no estimate.
    guard denominator != 0 else { return quantities[0] }
    let estimate = distanceCoefficient * quantities[2] / denominator
    var d = quantities[0]
    if d == initialDistance { d = max(d, estimate) }
    quantities[1] = max(quantities[1], estimate)
    d = growthRate == 0 ? quantities[1] : min(quantities[1], d * growthRate)
    quantities[0] = d
    return d
  }
}
