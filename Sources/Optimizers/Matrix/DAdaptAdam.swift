public import Parameters

/// Adam with D-Adaptation: the learning rate is an estimate of the distance to a solution.
///
/// With ρ = d·α (times √(1−β₂ᵗ)/(1−β₁ᵗ) if bias-corrected) and q = √β₂: a = ρ·g·(s/(√v + ε)) with v and s from before,
/// m ← β₁m + (1−β₁)ρg, v ← β₂v + (1−β₂)g², s ← qs + (1−q)ρg, r ← qr + (1−q)a, d ← max(d, min(r/((1−q)‖s‖₁), d·growth)),
/// θ ← θ(1 − ρλ) − m/(√v + ε) (Defazio and Mishchenko 2023, Algorithm 5). One distance for all tensors.
public struct DAdaptAdam: Optimizer {
  public static let name = "dadapt_adam"
  public static let summary = "Adam with a learning rate from an estimated distance to a solution"
  public static let equation =
    "m ← β₁m + (1−β₁)d·α·g, v ← β₂v + (1−β₂)g², θ ← θ − m/(√v + ε); d: lower bound of ‖θ₀ − θ*‖"
  public static let source = "Defazio and Mishchenko 2023, Algorithm 5"
  public static let hyperparameters: [Parameter<DAdaptAdam>] = [
    .learningRate(0.1...10, "factor on the estimated distance"),
    .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    Parameter("initial_distance", \.initialDistance, .positive, "first distance estimate, d₀"),
    Parameter(
      "growth_rate", \.growthRate, .nonNegative,
      "largest growth of the estimate per step, as a factor; 0 for no limit"),
    .biasCorrection(\.biasCorrection), .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 1.0
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var initialDistance = 1e-6
  public var growthRate = 0.0
  public var biasCorrection = false
  public var weightDecay = 0.0

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        growthRate > 0 && growthRate <= 1, "growth_rate",
        "must be above 1, or the distance never grows; 0 does not limit it"
      ))
  }

  public static var momentumPath: WritableKeyPath<DAdaptAdam, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean", "mean_square", "gradient_average"],
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
    typealias Average = ExponentialMovingAverage<Double>
    let count = storage.count
    let (mean, meanSquare, sum) = (storage[0], storage[1], storage[2])
    let quantities = storage.quantities
    let d = quantities[0]
    let past = beta2.squareRoot()
    var rate = d * context.learningRate
    if biasCorrection {
      rate *=
        Average.totalWeight(beta: beta2, step: context.step).squareRoot()
        / Average.totalWeight(beta: beta1, step: context.step)
    }
    let epsilon = Scalar(epsilon)
    let aligned = VectorPrimitives.sum(count) {
      // A zero sum is not divided: without epsilon, the denominator may be zero too.
      let direction = sum[$0] == 0 ? 0 : sum[$0] / (meanSquare[$0].vectorSquareRoot + epsilon)
      return Double(gradients[$0]) * Double(direction)
    }
    quantities[1] = past * quantities[1] + (1 - past) * rate * aligned
    let first = ExponentialMovingAverage<Scalar>(beta: beta1, newWeight: (1 - beta1) * rate)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2)
    let total = ExponentialMovingAverage<Scalar>(beta: past, newWeight: (1 - past) * rate)
    let remaining = Scalar(1 - rate * weightDecay)
    for index in 0..<count {
      let gradient = gradients[index]
      mean[index] = first.next(after: mean[index], value: gradient)
      meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
      sum[index] = total.next(after: sum[index], value: gradient)
      parameters[index] =
        parameters[index] * remaining - mean[index] / (meanSquare[index].vectorSquareRoot + epsilon)
    }
    let denominator = (1 - past) * VectorPrimitives.absoluteSum(sum, count)
    guard denominator != 0 else { return }
    let estimate = quantities[1] / denominator
    quantities[0] = max(d, growthRate == 0 ? estimate : min(estimate, d * growthRate))
  }
}
