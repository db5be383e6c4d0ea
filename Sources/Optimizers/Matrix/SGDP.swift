public import Parameters

/// SGDP: momentum that does not let steps grow the norm of weights whose scale does not matter.
///
/// v ← μv + (1−τ)g, u = v, Nesterov: g + μv; u loses its part along θ where |cos(g, θ)| < δ/√n, and λ its ratio there;
/// θ ← (1 − αλ/(1−μ))θ − α·u (Heo et al. 2021, Algorithm 1). Rows of a tensor first, then the whole; vectors are left alone.
public struct SGDP: DirectedRule {
  public static let name = "sgdp"
  public static let summary = "momentum without steps along weights whose scale does not matter"
  public static let equation =
    "v ← μv + (1−τ)g, u = v − its part along θ where |cos(g, θ)| < δ/√n; θ ← (1 − αλ/(1−μ))θ − α·u"
  public static let source = "Heo et al. 2021, Algorithm 1"
  public static let hyperparameters: [Parameter<SGDP>] = [
    .learningRate(1e-4...1, "step length per unit of velocity"),
    .momentum(\.momentum).searched(.complement, 0.5...0.99),
    Parameter(
      "dampening", \.dampening, .number(in: 0...1), "fraction of the gradient left out, τ"),
    .nesterov(\.nesterov), .projectionDelta(\.delta), .projectionRatio(\.decayRatio),
    Parameter("epsilon", \.epsilon, .nonNegative, "added to the norm of parameters"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative,
      "decoupled weight decay: parameters shrink by α·λ/(1 − μ)"),
    .fixedDecay(\.fixedDecay),
  ]

  public var learningRate = 0.01
  public var momentum = 0.9
  public var dampening = 0.0
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

  public static var momentumPath: WritableKeyPath<SGDP, Double>? { \.momentum }

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
            shape: tensor.shape, rate: context.learningRate)
        }
      })
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    velocity: UnsafeMutablePointer<Scalar>, shape: [Int], rate: Double
  ) {
    let sign: Scalar = maximize ? -1 : 1
    let average = ExponentialMovingAverage<Scalar>(beta: momentum, newWeight: 1 - dampening)
    for index in 0..<shape.reduce(1, *) {
      velocity[index] = average.next(after: velocity[index], value: sign * gradients[index])
    }
    let projection = RadialProjection<Scalar>(
      delta: delta, decayRatio: decayRatio, epsilon: epsilon, rate: rate,
      decay: weightDecay * (fixedDecay ? 1 : rate) / (1 - momentum))
    let (kept, new) = nesterov ? (average.beta, sign) : (1, 0)
    projection.step(parameters, gradients, shape: shape) {
      kept * velocity[$0] + new * gradients[$0]
    }
  }
}
