public import Parameters

/// Adamax: Adam with the largest gradient in place of the second moment; epsilon inside the maximum.
///
/// m ← β₁m + (1−β₁)g, u ← max(β₂u, |g| + ε), θ ← θ − α/(1−β₁ᵗ)·m/u (Kingma and Ba 2015, Algorithm 2; epsilon as PyTorch has it).
public struct Adamax: PenalizedRule, ElementwiseRule {
  public static let name = "adamax"
  public static let summary = "Adam with a decaying maximum of gradients as denominator"
  public static let equation = "m ← β₁m + (1−β₁)g, u ← max(β₂u, |g| + ε), θ ← θ − α/(1−β₁ᵗ)·m/u"
  public static let source = "Kingma and Ba 2015, Algorithm 2"
  public static let hyperparameters: [Parameter<Adamax>] = [
    .learningRate(1e-4...1), .beta1(\.beta1),
    Parameter("beta2", \.beta2, .fraction, "decay rate of the maximum, β₂"),
    Parameter(
      "epsilon", \.epsilon, .nonNegative, "added to the gradient's magnitude inside the maximum"),
  ]

  public var learningRate = 0.002
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Adamax, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var largest: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let decay: Scalar
    let rate: Scalar
    let epsilon: Scalar

    init(_ rule: Adamax, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta1)
      decay = Scalar(rule.beta2)
      rate = context.rate(correcting: rule.beta1)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      let faded = decay * memory.largest
      let size = gradient.magnitude + epsilon
      // In this order a NaN gradient wins.
      memory.largest = faded >= size ? faded : size
      parameter -= rate * memory.mean / memory.largest
    }
  }
}
