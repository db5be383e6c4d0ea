public import Parameters

/// Rectified Adam: plain momentum until the second moment has enough gradients in it; epsilon before bias correction.
///
/// ρ_∞ = 2/(1−β₂) − 1, ρ_t = ρ_∞ − 2tβ₂ᵗ/(1−β₂ᵗ). If ρ_t > 5: θ ← θ − α·m̂·r·√(1−β₂ᵗ)/(√v + ε) with r = √((ρ_t−4)(ρ_t−2)ρ_∞/((ρ_∞−4)(ρ_∞−2)ρ_t)), else
/// θ ← θ − α·m̂ (Liu et al. 2020, Algorithm 2; the bound of 5 and epsilon as PyTorch has them).
public struct RAdam: DirectedRule, ElementwiseRule {
  public static let name = "radam"
  public static let summary = "Adam with a variance-rectified warm-up"
  public static let equation =
    "m, v as adam; θ ← θ − α·m̂·r·√(1−β₂ᵗ)/(√v + ε) if ρ_t > 5, else θ ← θ − α·m̂"
  public static let source = "Liu et al. 2020, Algorithm 2"
  public static let hyperparameters: [Parameter<RAdam>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    .eitherDecay(\.weightDecay), .decoupled(\.decoupled),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var weightDecay = 0.0
  public var decoupled = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict]((decoupled && weightDecay == 0, "decoupled", "has no effect without weight_decay"))
  }

  public static var momentumPath: WritableKeyPath<RAdam, Double>? { \.beta1 }

  var gradientForm: GradientForm {
    GradientForm(weightDecay: decoupled ? 0 : weightDecay, maximize: maximize)
  }

  /// The factor on an adapted step, or `nil` where the second moment has too few gradients in it.
  fileprivate func rectification(step: Int) -> Double? {
    let weight = ExponentialMovingAverage<Double>.totalWeight(beta: beta2, step: step)
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * Double(step) * (1 - weight) / weight
    guard length > 5 else { return nil }
    return
      ((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length) * weight)
      .squareRoot()
  }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let epsilon: Scalar
    let isAdapted: Bool
    let shrinkage: Scalar

    init(_ rule: RAdam, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      let rectification = rule.rectification(step: context.step)
      isAdapted = rectification != nil
      rate = Scalar(
        context.learningRate * (rectification ?? 1)
          / ExponentialMovingAverage<Double>.totalWeight(beta: rule.beta1, step: context.step))
      epsilon = Scalar(rule.epsilon)
      shrinkage = context.remainder(ofDecay: rule.decoupled ? rule.weightDecay : 0)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let divisor = isAdapted ? memory.meanSquare.vectorSquareRoot + epsilon : 1
      parameter = parameter * shrinkage - rate * memory.mean / divisor
    }
  }
}
