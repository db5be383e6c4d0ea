public import Parameters

/// LAMB: Adam's direction with decay, its length a share of each tensor's own norm.
///
/// m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², u = m̂/(√(v̂ + ε_r) + ε) + λθ, θ ← θ − α·‖θ‖/‖u‖·u, ratio 1 if a norm is 0
/// (You et al. 2020, Algorithm 2). Bias-corrected, norms not clipped, as in optax.
public struct LAMB: Optimizer {
  public static let name = "lamb"
  public static let summary = "layer-wise Adam: the step is scaled by the weight norm"
  public static let equation =
    "m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², u = m̂/(√(v̂ + ε_r) + ε) + λθ, θ ← θ − α·‖θ‖/‖u‖·u"
  public static let source = "You et al. 2020, Algorithm 2"
  public static let hyperparameters: [Parameter<LAMB>] = [
    .learningRate(1e-4...1, "step length relative to the norm of a tensor"),
    .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    .rootEpsilon("epsilon_root", \.epsilonRoot),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative, "weight decay added before the norm is taken, λ"),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-6
  public var epsilonRoot = 0.0
  public var weightDecay = 0.0

  public init() {}

  public static var momentumPath: WritableKeyPath<LAMB, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    Stepper(
      storage: SlotStorage(count: layout.count, slots: ["mean", "mean_square"]),
      body: .gradient { context, parameters, gradients, storage in
        for tensor in layout.tensors {
          let start = tensor.range.lowerBound
          scheduled(by: context).update(
            parameters + start, gradients + start, mean: storage[0] + start,
            meanSquare: storage[1] + start, count: tensor.range.count, at: context)
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    mean: UnsafeMutablePointer<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>, count: Int,
    at context: StepContext
  ) {
    let first = ExponentialMovingAverage<Scalar>(beta: beta1)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2)
    let meanScale: Scalar = context.correction(of: beta1)
    let squareScale: Scalar = context.correction(of: beta2)
    let (epsilon, epsilonRoot) = (Scalar(epsilon), Scalar(epsilonRoot))
    let decay = Scalar(weightDecay)
    for index in 0..<count {
      let gradient = gradients[index]
      mean[index] = first.next(after: mean[index], value: gradient)
      meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
    }
    // Computed twice rather than kept: two moments are read, nothing is written.
    @inline(__always) func direction(_ index: Int) -> Scalar {
      let root = (squareScale * meanSquare[index] + epsilonRoot).vectorSquareRoot
      return meanScale * mean[index] / (root + epsilon) + decay * parameters[index]
    }
    let norm = VectorPrimitives.norm(parameters, count)
    let length = VectorPrimitives.norm(count) { Double(direction($0)) }
    let trust = norm == 0 || length == 0 ? 1 : norm / length
    let rate = Scalar(context.learningRate * trust)
    for index in 0..<count { parameters[index] -= rate * direction(index) }
  }
}
