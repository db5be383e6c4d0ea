public import Parameters

/// LARS: the step of each tensor is proportional to the tensor's norm.
///
/// u = g + λθ, u ← u·η‖θ‖/(‖u‖ + ε) unless a norm is 0, b ← μb + α·u, θ ← θ − b; Nesterov: θ ← θ − (α·u + μb)
/// (You et al. 2017, Algorithm 1). The learning rate is inside the velocity and the decay inside the norm, as in optax.
public struct LARS: Optimizer {
  public static let name = "lars"
  public static let summary = "momentum with a learning rate per tensor, from the ratio of norms"
  public static let equation = "u = g + λθ, b ← μb + α·η‖θ‖/(‖u‖ + ε)·u, θ ← θ − b"
  public static let source = "You et al. 2017, Algorithm 1"
  public static let hyperparameters: [Parameter<LARS>] = [
    .learningRate(1e-3...100, "factor on every step"),
    .momentum(\.momentum), .nesterov(\.nesterov),
    Parameter(
      "trust_coefficient", \.trustCoefficient, .positive,
      "η, step length relative to the norm of a tensor"),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the norm of the update"),
    .penalty(\.weightDecay),
  ]

  public var learningRate = 1.0
  public var momentum = 0.9
  public var nesterov = false
  public var trustCoefficient = 0.001
  public var epsilon = 0.0
  public var weightDecay = 0.0

  public init() {}

  public static var momentumPath: WritableKeyPath<LARS, Double>? { \.momentum }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(count: layout.count, slots: ["velocity"]),
      body: .gradient { context, parameters, gradients, storage in
        for tensor in layout.tensors {
          let start = tensor.range.lowerBound
          scheduled(by: context).update(
            parameters + start, gradients + start, velocity: storage[0] + start,
            count: tensor.range.count, rate: context.learningRate)
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    velocity: UnsafeMutablePointer<Scalar>, count: Int, rate: Double
  ) {
    let decay = Scalar(weightDecay)
    let norm = VectorPrimitives.norm(parameters, count)
    let updateNorm = VectorPrimitives.norm(count) {
      Double(gradients[$0] + decay * parameters[$0])
    }
    let trust =
      norm == 0 || updateNorm == 0 ? 1 : trustCoefficient * norm / (updateNorm + epsilon)
    let scale = Scalar(rate * trust)
    let kept = Scalar(momentum)
    if nesterov {
      for index in 0..<count {
        let update = scale * (gradients[index] + decay * parameters[index])
        velocity[index] = kept * velocity[index] + update
        parameters[index] -= update + kept * velocity[index]
      }
    } else {
      for index in 0..<count {
        let update = scale * (gradients[index] + decay * parameters[index])
        velocity[index] = kept * velocity[index] + update
        parameters[index] -= velocity[index]
      }
    }
  }
}
