public import Parameters

/// Grams: the size of Adam's step in the direction of the gradient's sign; epsilon outside the root.
///
/// θ ← (1 − αλ)θ − α·|m̂/(√v̂ + ε)|·sign(g), moments as in Adam (Cao, Li and Song 2024, Algorithm 1).
public struct Grams: DirectedRule, ElementwiseRule {
  public static let name = "grams"
  public static let summary = "the size of Adam's step with the sign of the gradient"
  public static let equation = "m, v as adam; θ ← (1 − αλ)θ − α·|m̂/(√v̂ + ε)|·sign(g)"
  public static let source = "Cao, Li and Song 2024, Algorithm 1"
  public static let hyperparameters: [Parameter<Grams>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-6
  public var weightDecay = 0.0
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Grams, Double>? { \.beta1 }

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
    let root: RootDenominator<Scalar>
    let shrinkage: Scalar

    init(_ rule: Grams, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      rate = context.rate(correcting: rule.beta1)
      root = RootDenominator(beta: rule.beta2, epsilon: rule.epsilon, at: context)
      shrinkage = context.remainder(ofDecay: rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let size = abs(memory.mean) / root.of(memory.meanSquare)
      parameter = parameter * shrinkage - rate * size * gradient.visibleSign
    }
  }
}
