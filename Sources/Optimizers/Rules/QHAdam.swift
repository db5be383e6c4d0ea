public import Parameters

/// QHAdam: Adam with quasi-hyperbolic moments; epsilon outside the root.
///
/// θ ← θ − α·(ν₁m̂ + (1−ν₁)g)/(√(ν₂v̂ + (1−ν₂)g²) + ε), moments as in Adam (Ma and Yarats 2019, equation 16).
public struct QHAdam: DecayingRule, ElementwiseRule {
  public static let name = "qhadam"
  public static let summary = "Adam whose moments also weight the newest gradient"
  public static let equation =
    "m, v as adam; θ ← θ − α·(ν₁m̂ + (1−ν₁)g)/(√(ν₂v̂ + (1−ν₂)g²) + ε)"
  public static let source = "Ma and Yarats 2019, equation 16"
  public static let hyperparameters: [Parameter<QHAdam>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2),
    Parameter("nu1", \.nu1, .number(in: 0...1), "weight of the first moment in the step, ν₁"),
    Parameter("nu2", \.nu2, .number(in: 0...1), "weight of the second moment in the root, ν₂"),
    .epsilon(\.epsilon),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.995
  public var beta2 = 0.999
  public var nu1 = 0.7
  public var nu2 = 1.0
  public var epsilon = 1e-8
  public var decay = DecayForm()
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<QHAdam, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    /// αν₁/(1−β₁ᵗ) and α(1−ν₁).
    let meanRate: Scalar
    let gradientRate: Scalar
    /// ν₂/(1−β₂ᵗ) and 1−ν₂.
    let meanSquareWeight: Scalar
    let squareWeight: Scalar
    let epsilon: Scalar
    let shrinkage: Scalar

    init(_ rule: QHAdam, at context: StepContext) {
      typealias Average = ExponentialMovingAverage<Double>
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      let (rate, step) = (context.learningRate, context.step)
      meanRate = Scalar(rate * rule.nu1 / Average.totalWeight(beta: rule.beta1, step: step))
      gradientRate = Scalar(rate * (1 - rule.nu1))
      meanSquareWeight = Scalar(rule.nu2 / Average.totalWeight(beta: rule.beta2, step: step))
      squareWeight = Scalar(1 - rule.nu2)
      epsilon = Scalar(rule.epsilon)
      shrinkage = rule.decay.remainder(at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let square = gradient * gradient
      memory.mean = mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: square)
      let root = (meanSquareWeight * memory.meanSquare + squareWeight * square).vectorSquareRoot
      let step = meanRate * memory.mean + gradientRate * gradient
      parameter = parameter * shrinkage - step / (root + epsilon)
    }
  }
}
