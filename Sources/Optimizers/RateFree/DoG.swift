public import Parameters

/// DoG: the largest distance traveled divided by the root of the summed squared gradient norms.
///
/// r ← max(r, ‖θ − θ₀‖), G ← G + ‖g‖², θ ← θ − α·r/√(G + ε)·g (Ivgi et al. 2023, equation 2). The first r is a distance, or a
/// multiple of 1 + ‖θ₀‖; or the length of the first step per unit of gradient is given instead. Norms are over all tensors.
public struct DoG: Optimizer {
  public static let name = "dog"
  public static let summary = "SGD with the learning rate distance over gradients"
  public static let equation = "r ← max(r, ‖θ − θ₀‖), G ← G + ‖g‖², θ ← θ − α·r/√(G + ε)·g"
  public static let source = "Ivgi et al. 2023, equation 2"
  public static let hyperparameters: [Parameter<DoG>] = [
    .learningRate(0.1...10, "factor on the learning rate that is found"),
    Parameter(
      "initial_step", \.initialStep,
      "what initial_value is: the first distance, the first learning rate, or the first distance divided by 1 + ‖θ₀‖"
    ),
    Parameter("initial_value", \.initialValue, .positive, "size of the first step"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the sum of squared norms"),
    .penalty(\.weightDecay),
  ]

  /// What the value for the first step says.
  public enum InitialStep: String, CaseIterable, Sendable {
    case distance
    case learningRate = "learning_rate"
    case heuristic
  }

  public var learningRate = 1.0
  public var initialStep = InitialStep.heuristic
  public var initialValue = 1e-6
  public var epsilon = 1e-8
  public var weightDecay = 0.0

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["start"],
        quantities: [("largest_distance", 0), ("square_sum", 0)]),
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
    let isFirst = context.step == 1
    if isFirst {
      start.update(from: parameters, count: count)
      quantities[0] =
        switch initialStep {
        case .distance: initialValue
        case .learningRate: 0
        case .heuristic: initialValue * (1 + VectorPrimitives.norm(start, count))
        }
    }
    let decay = Scalar(weightDecay)
    let distance = VectorPrimitives.norm(count) { Double(start[$0] - parameters[$0]) }
    quantities[0] = .visibleMaximum(quantities[0], distance)
    quantities[1] += VectorPrimitives.sum(count) {
      let gradient = Double(gradients[$0] + decay * parameters[$0])
      return gradient * gradient
    }
    let found =
      isFirst && initialStep == .learningRate
      ? initialValue : quantities[0] / (quantities[1] + epsilon).squareRoot()
    let rate = Scalar(context.learningRate * found)
    for index in 0..<count {
      parameters[index] -= rate * (gradients[index] + decay * parameters[index])
    }
  }
}
