public import Parameters

/// Amos: one second moment per tensor, and a weight decay that follows from an expected scale of its parameters.
///
/// η is ½ for a vector, √(2/columns) for a matrix, √(1/n₂) with the second side n₂ otherwise. For each tensor, with q the mean of g²: v ← βv + (1−β)q,
/// r = (1−βᵗ)/(v + ε), γ = α²·r·q/√(1 + c√α·b), u = (½(γ − λ)θ + αη·√r·g)/(1 + d√(αη)·b), b ← b(1 + γ) + γ from b = 0; θ ← θ − u, or − the average
/// μm + (1−μ)u with momentum (Tian and Parikh 2022, Algorithm 1).
public struct Amos: DirectedRule {
  public static let name = "amos"
  public static let summary = "steps and weight decay from a model of each tensor's scale"
  public static let equation =
    "v ← βv + (1−β)·mean(g²), γ = α²·c(b)·mean(g²)/v̂, θ ← θ − d(b)·(½(γ − λ)θ + αη·g/√v̂), b ← b(1 + γ) + γ"
  public static let source = "Tian and Parikh 2022, Algorithm 1"
  public static let hyperparameters: [Parameter<Amos>] = [
    .learningRate(1e-4...1, "step length relative to the expected scale of a tensor"),
    Parameter("beta", \.beta, .fraction, "decay rate of the second moment, β"),
    Parameter("momentum", \.momentum, .fraction, "decay rate of the average update, μ"),
    Parameter("extra_l2", \.extraL2, .nonNegative, "λ, lessens the weight decay"),
    Parameter("c_coefficient", \.cCoefficient, .nonNegative, "c, how fast weight decay fades"),
    Parameter("d_coefficient", \.dCoefficient, .nonNegative, "d, how fast the step length fades"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the second moment"),
  ]

  public var learningRate = 0.001
  public var beta = 0.999
  public var momentum = 0.0
  public var extraL2 = 0.0
  public var cCoefficient = 0.25
  public var dCoefficient = 0.25
  public var epsilon = 1e-18
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Amos, Double>? { \.momentum }
  public var hasMomentum: Bool { momentum > 0 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let tensors = layout.tensors.indices
    let scales = layout.tensors.map { Self.scale(of: $0.shape) }
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: momentum > 0 ? ["mean"] : [],
        quantities: tensors.map { ("mean_square_\($0)", 0) }
          + tensors.map { ("decay_\($0)", 0) }),
      body: .gradient { context, parameters, gradients, storage in
        for (index, tensor) in layout.tensors.enumerated() where !tensor.range.isEmpty {
          let (start, count) = (tensor.range.lowerBound, tensor.range.count)
          let rule = scheduled(by: context)
          let weights = rule.weights(
            meanGradientSquare: VectorPrimitives.squaredNorm(gradients + start, count)
              / Double(count),
            scale: scales[index], meanSquare: &storage.quantities[index],
            decay: &storage.quantities[tensors.count + index], at: context)
          rule.update(
            parameters + start, gradients + start, weights,
            mean: momentum > 0 ? storage[0] + start : nil, count: count)
        }
      })
  }

  /// η
  private static func scale(of shape: [Int]) -> Double {
    guard shape.count > 1 else { return 0.5 }
    return ((shape.count == 2 ? 2 : 1) / Double(shape[1])).squareRoot()
  }

  /// The weights of parameter and gradient in u.
  private func weights(
    meanGradientSquare square: Double, scale: Double, meanSquare: inout Double,
    decay: inout Double, at context: StepContext
  ) -> (parameter: Double, gradient: Double) {
    let rate = context.learningRate
    meanSquare = beta * meanSquare + (1 - beta) * square
    let correction = ExponentialMovingAverage<Double>.totalWeight(beta: beta, step: context.step)
    let inverse = correction / (meanSquare + epsilon)
    let fading = 1 / (1 + cCoefficient * rate.squareRoot() * decay).squareRoot()
    let gamma = fading * rate * rate * inverse * square
    let share = 1 / (1 + dCoefficient * (rate * scale).squareRoot() * decay)
    decay = decay * (1 + gamma) + gamma
    return (share * (gamma - extraL2) / 2, share * rate * scale * inverse.squareRoot())
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    _ weights: (parameter: Double, gradient: Double), mean: UnsafeMutablePointer<Scalar>?,
    count: Int
  ) {
    let own = Scalar(weights.parameter)
    let rate = Scalar(gradient.maximize ? -weights.gradient : weights.gradient)
    guard let mean else {
      for index in 0..<count {
        parameters[index] -= own * parameters[index] + rate * gradients[index]
      }
      return
    }
    let average = ExponentialMovingAverage<Scalar>(beta: momentum)
    for index in 0..<count {
      let update = own * parameters[index] + rate * gradients[index]
      mean[index] = average.next(after: mean[index], value: update)
      parameters[index] -= mean[index]
    }
  }
}
