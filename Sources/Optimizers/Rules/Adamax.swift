public import Parameters

/// Adamax: Adam with the largest gradient in place of the mean square; epsilon inside the maximum.
///
/// m ← β₁m + (1−β₁)g, u ← max(β₂u, |g| + ε), θ ← θ − α/(1−β₁ᵗ)·m/u (Kingma and Ba 2015, Algorithm 2; epsilon as PyTorch has it).
public struct Adamax: Optimizer {
  public static let name = "adamax"
  public static let summary = "a running mean over a decaying maximum of gradients"
  public static let source = "Kingma and Ba 2015, Algorithm 2"
  public static let hyperparameters: [Parameter<Adamax>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of a typical step")
      .searched(.log, 1e-4...1),
    Parameter("beta1", \.beta1, .fraction, "weight of the past in the mean gradient"),
    Parameter("beta2", \.beta2, .fraction, "decay of the maximum"),
    Parameter(
      "epsilon", \.epsilon, .nonNegative, "added to the gradient's size inside the maximum"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.002
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<Adamax, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var mean: Scalar = 0
      var largest: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let mean: ExponentialMovingAverage<Scalar>
    let decay: Scalar
    let rate: Scalar
    let epsilon: Scalar

    init(_ rule: Adamax, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      mean = ExponentialMovingAverage(beta: rule.beta1)
      decay = Scalar(rule.beta2)
      rate = context.rate(correcting: rule.beta1)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      memory.mean = mean.next(after: memory.mean, value: gradient)
      let faded = decay * memory.largest
      let size = gradient.magnitude + epsilon
      // In this order a NaN gradient wins.
      memory.largest = faded >= size ? faded : size
      parameter -= rate * memory.mean / memory.largest
    }
  }
}
