public import Parameters

/// StableAdamW: AdamW whose rate shrinks for a tensor whose gradients outgrow their second moment.
///
/// m and v average g and g² with β̂ = β(1−βᵗ⁻¹)/(1−βᵗ), so that they need no correction; η = α/max(1, √mean(g²/max(v, ε²))) for each tensor,
/// θ ← (1 − ηλ)θ − η·m/(√v + ε) (Wortsman et al. 2023, Algorithm 2). Without `decoupled` the decay is an L2 penalty.
public struct StableAdamW: DirectedRule {
  public static let name = "stable_adamw"
  public static let summary = "AdamW with update clipping: slower where gradients jump"
  public static let equation =
    "m, v average g, g²; η = α/max(1, √mean(g²/max(v, ε²))), θ ← (1 − ηλ)θ − η·m̂/(√v̂ + ε)"
  public static let source = "Wortsman et al. 2023, Algorithm 2"
  public static let hyperparameters: [Parameter<StableAdamW>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative,
      "decoupled weight decay, or L2 penalty if not 'decoupled'"),
    .decoupled(\.decoupled),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.99
  public var epsilon = 1e-8
  public var weightDecay = 0.01
  public var decoupled = true
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict]((!decoupled && weightDecay == 0, "decoupled", "has no effect without weight_decay"))
  }

  public static var momentumPath: WritableKeyPath<StableAdamW, Double>? { \.beta1 }

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

  /// The weight of the past in an average that is corrected as it goes.
  private static func corrected<Scalar: KernelScalar>(
    _ beta: Double, step: Int
  ) -> ExponentialMovingAverage<Scalar> {
    let past = power(beta, Double(step))
    return ExponentialMovingAverage(beta: (past - beta) / (past - 1))
  }

  @inline(__always)
  private func update<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>,
    mean: UnsafeMutablePointer<Scalar>, meanSquare: UnsafeMutablePointer<Scalar>, count: Int,
    at context: StepContext
  ) {
    guard count > 0 else { return }
    let first: ExponentialMovingAverage<Scalar> = Self.corrected(beta1, step: context.step)
    let second: ExponentialMovingAverage<Scalar> = Self.corrected(beta2, step: context.step)
    let (sign, penalty) = (Scalar(maximize ? -1 : 1), Scalar(decoupled ? 0 : weightDecay))
    let floor = Scalar(epsilon * epsilon)
    @inline(__always) func formed(_ index: Int) -> Scalar {
      sign * gradients[index] + penalty * parameters[index]
    }
    for index in 0..<count {
      let gradient = formed(index)
      mean[index] = first.next(after: mean[index], value: gradient)
      meanSquare[index] = second.next(after: meanSquare[index], value: gradient * gradient)
    }
    let excess = VectorPrimitives.sum(count) {
      let (gradient, moment) = (formed($0), meanSquare[$0])
      // Written so that a NaN is no small moment.
      return Double(gradient * gradient / (moment < floor ? floor : moment))
    }
    let root = (excess / Double(count)).squareRoot()
    let rate = context.learningRate / (root < 1 ? 1 : root)
    let (step, epsilon) = (Scalar(rate), Scalar(epsilon))
    let remaining = Scalar(decoupled ? 1 - rate * weightDecay : 1)
    for index in 0..<count {
      parameters[index] =
        parameters[index] * remaining - step * mean[index]
        / (meanSquare[index].vectorSquareRoot + epsilon)
    }
  }
}
