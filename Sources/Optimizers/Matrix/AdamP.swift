public import Parameters

/// AdamP: Adam that does not let steps grow the norm of weights whose scale does not matter.
///
/// u = √(1−β₂ᵗ)·m/(√v + ε), Nesterov: (β₁m + (1−β₁)g) for m; u loses its part along θ where |cos(g, θ)| < δ/√n, and λ its ratio there;
/// θ ← (1 − αλ)θ − α/(1−β₁ᵗ)·u (Heo et al. 2021, Algorithm 2). Rows of a tensor first, then the whole; vectors are left alone.
public struct AdamP: DirectedRule {
  public static let name = "adamp"
  public static let summary = "Adam without steps along weights whose scale does not matter"
  public static let equation =
    "u = m̂/(√v̂ + ε) − its part along θ where |cos(g, θ)| < δ/√n; θ ← (1 − αλ)θ − α·u"
  public static let source = "Heo et al. 2021, Algorithm 2"
  public static let hyperparameters: [Parameter<AdamP>] =
    [.learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .nesterov(\.nesterov)]
    + [.projectionDelta(\.delta), .projectionRatio(\.decayRatio), .epsilon(\.epsilon)]
    + [.decoupledDecay(\.weightDecay), .fixedDecay(\.fixedDecay)]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var nesterov = false
  public var delta = 0.1
  public var decayRatio = 0.1
  public var epsilon = 1e-8
  public var weightDecay = 0.0
  public var fixedDecay = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (fixedDecay && weightDecay == 0, "fixed_decay", "has no effect without weight_decay"))
  }

  public static var momentumPath: WritableKeyPath<AdamP, Double>? { \.beta1 }

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
            meanSquare: storage[1] + start, shape: tensor.shape, at: context)
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    mean: UnsafeMutablePointer<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>, shape: [Int],
    at context: StepContext
  ) {
    typealias Average = ExponentialMovingAverage<Double>
    let first = ExponentialMovingAverage<Scalar>(beta: beta1)
    let second = ExponentialMovingAverage<Scalar>(beta: beta2)
    let sign: Scalar = maximize ? -1 : 1
    for index in 0..<shape.reduce(1, *) {
      let gradient = sign * gradients[index]
      mean[index] = first.next(after: mean[index], value: gradient)
      meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
    }
    let correction = Scalar(Average.totalWeight(beta: beta2, step: context.step).squareRoot())
    let epsilon = Scalar(epsilon)
    let projection = RadialProjection<Scalar>(
      delta: delta, decayRatio: decayRatio, epsilon: self.epsilon,
      rate: context.rate(correcting: beta1),
      decay: weightDecay * (fixedDecay ? 1 : context.learningRate))
    let (kept, new) = nesterov ? (first.beta, sign * first.newWeight) : (1, 0)
    // Computed twice rather than kept: two moments are read, nothing is written.
    projection.step(parameters, gradients, shape: shape) {
      (kept * mean[$0] + new * gradients[$0]) * correction
        / (meanSquare[$0].vectorSquareRoot + epsilon)
    }
  }
}

extension Parameter where Owner: DirectedRule {
  static func projectionDelta(_ path: Path<Double>) -> Self {
    Parameter(
      "delta", path, .nonNegative, "δ, largest cosine times √n at which a tensor is projected")
  }

  static func projectionRatio(_ path: Path<Double>) -> Self {
    Parameter("decay_ratio", path, .fraction, "share of the weight decay where it is projected")
  }
}
