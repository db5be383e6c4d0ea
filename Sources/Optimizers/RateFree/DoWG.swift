public import Parameters

/// DoWG: DoG with gradients weighted by the distance traveled, for larger steps.
///
/// q ← max(q, ‖θ − θ₀‖²), v ← v + q·‖g‖², θ ← θ − α·q/(√v + ε)·g (Khaled et al. 2023, Algorithm 1; ε as optax has it). Norms are
/// over all tensors.
public struct DoWG: Optimizer {
  public static let name = "dowg"
  public static let summary = "SGD with the learning rate distance over weighted gradients"
  public static let equation = "q ← max(q, ‖θ − θ₀‖²), v ← v + q·‖g‖², θ ← θ − α·q/(√v + ε)·g"
  public static let source = "Khaled et al. 2023, Algorithm 1"
  public static let hyperparameters: [Parameter<DoWG>] = [
    .learningRate(0.1...10, "factor on the learning rate that is found"),
    Parameter(
      "initial_squared_distance", \.initialSquaredDistance, .nonNegative,
      "first estimate of the squared distance; 0 for epsilon"),
    .epsilon(\.epsilon), .penalty(\.weightDecay),
  ]

  public var learningRate = 1.0
  public var initialSquaredDistance = 0.0
  public var epsilon = 1e-4
  public var weightDecay = 0.0

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        initialSquaredDistance == 0 && epsilon == 0, "epsilon",
        "must be above 0 without initial_squared_distance, or nothing moves"
      ))
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let first = initialSquaredDistance == 0 ? epsilon : initialSquaredDistance
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["start"],
        quantities: [("squared_distance", first), ("weighted_square_sum", 0)]),
      body: .gradient { context, parameters, gradients, storage in
        update(parameters, gradients, storage, at: context)
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ storage: SlotStorage<Scalar>, at context: StepContext
  ) {
    let (count, start, quantities) = (storage.count, storage[0], storage.quantities)
    if context.step == 1 { start.update(from: parameters, count: count) }
    let decay = Scalar(weightDecay)
    let squaredDistance = VectorPrimitives.sum(count) {
      let distance = Double(start[$0] - parameters[$0])
      return distance * distance
    }
    quantities[0] = .visibleMaximum(quantities[0], squaredDistance)
    quantities[1] +=
      quantities[0]
      * VectorPrimitives.sum(count) {
        let gradient = Double(gradients[$0] + decay * parameters[$0])
        return gradient * gradient
      }
    let found = quantities[0] / (quantities[1].squareRoot() + epsilon)
    let rate = Scalar(context.learningRate * found)
    for index in 0..<count {
      parameters[index] -= rate * (gradients[index] + decay * parameters[index])
    }
  }
}
