public import Parameters

/// NovoGrad: one second moment for each tensor, taken of the gradient's norm.
///
/// v ← β₂v + (1−β₂)‖g‖² with v = ‖g‖² at the first step, m ← β₁m + g/(√(v + ε_r) + ε) + λθ, θ ← θ − α·m
/// (Ginsburg et al. 2019, Algorithm 1). The first moment is a sum, not an average; no bias correction, as in optax.
public struct NovoGrad: Optimizer {
  public static let name = "novograd"
  public static let summary = "momentum of gradients divided by the running norm of their tensor"
  public static let equation =
    "v ← β₂v + (1−β₂)‖g‖², m ← β₁m + g/(√(v + ε_r) + ε) + λθ, θ ← θ − α·m"
  public static let source = "Ginsburg et al. 2019, Algorithm 1"
  public static let hyperparameters: [Parameter<NovoGrad>] = [
    .learningRate(1e-4...1),
    Parameter("beta1", \.beta1, .fraction, "fraction of the velocity that each step keeps, β₁"),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the squared norm, β₂"),
    .epsilon(\.epsilon), .rootEpsilon("epsilon_root", \.epsilonRoot),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative, "weight decay added to the velocity, λ"),
  ]

  public var learningRate = 0.01
  public var beta1 = 0.95
  public var beta2 = 0.98
  public var epsilon = 1e-8
  public var epsilonRoot = 0.0
  public var weightDecay = 0.0

  public init() {}

  public static var momentumPath: WritableKeyPath<NovoGrad, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let storage = SlotStorage<Scalar>(
      count: layout.count, slots: ["velocity"],
      quantities: layout.tensors.indices.map { ("mean_square_norm_\($0)", 0) }
        + layout.tensors.indices.map { ("norm_unit_\($0)", 1) })
    return Stepper(
      storage: storage,
      body: .gradient { context, parameters, gradients, storage in
        for (index, tensor) in layout.tensors.enumerated() {
          let start = tensor.range.lowerBound
          scheduled(by: context).update(
            parameters + start, gradients + start, velocity: storage[0] + start,
            meanSquare: &storage.quantities[index],
            unit: &storage.quantities[layout.tensors.count + index], count: tensor.range.count,
            at: context)
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    velocity: UnsafeMutablePointer<Scalar>, meanSquare: inout Double, unit: inout Double,
    count: Int, at context: StepContext
  ) {
    let isFirst = context.step == 1
    let squaredNorm = VectorPrimitives.squaredNorm(gradients, count)
    let root: Double
    if unit == 1, squaredNorm.isFinite, max(squaredNorm, meanSquare) >= 1e-270 {
      meanSquare = isFirst ? squaredNorm : beta2 * meanSquare + (1 - beta2) * squaredNorm
      root = (meanSquare + epsilonRoot).squareRoot() + epsilon
    } else {
      root = scaledRoot(
        VectorPrimitives.norm(gradients, count), meanSquare: &meanSquare, unit: &unit,
        isFirst: isFirst)
    }
    // A gradient of zero has nothing to divide; 1 keeps it zero even without epsilon.
    let scale = Scalar(root == 0 ? 1 : 1 / root)
    let (kept, decay) = (Scalar(isFirst ? 0 : beta1), Scalar(weightDecay))
    let rate = Scalar(context.learningRate)
    for index in 0..<count {
      let value = kept * velocity[index] + (scale * gradients[index] + decay * parameters[index])
      velocity[index] = value
      parameters[index] -= rate * value
    }
  }

  /// √(v + ε_r) + ε where squares overflow or vanish: v is `meanSquare`·`unit`².
  private func scaledRoot(
    _ norm: Double, meanSquare: inout Double, unit: inout Double, isFirst: Bool
  ) -> Double {
    let former = isFirst ? 0 : meanSquare.squareRoot() * unit
    let larger = max(norm, former)
    let newUnit = larger > 0 && larger.isFinite ? larger.binade : 1
    let (old, new) = (former / newUnit, norm / newUnit)
    meanSquare = isFirst ? new * new : beta2 * (old * old) + (1 - beta2) * (new * new)
    unit = newUnit
    return VectorPrimitives.norm(2) {
      $0 == 0 ? meanSquare.squareRoot() * newUnit : epsilonRoot.squareRoot()
    } + epsilon
  }
}
