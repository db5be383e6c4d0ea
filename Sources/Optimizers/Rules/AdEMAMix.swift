public import Parameters

/// AdEMAMix: Adam with a second, much slower first moment; epsilon outside the root.
///
/// m₁ and m₂ average g with β₁ and β₃, v its square with β₂; θ ← θ − α·((m̂₁ + γm₂)/(√v̂ + ε) + λθ), m₂ without bias correction
/// (Pagliardini, Ablin and Grangier 2024, Algorithm 1, with γ and β₃ constant).
public struct AdEMAMix: DirectedRule, ElementwiseRule {
  public static let name = "ademamix"
  public static let summary = "Adam with a fast and a slow first moment"
  public static let equation =
    "m₁ ← β₁m₁ + (1−β₁)g, m₂ ← β₃m₂ + (1−β₃)g, v ← β₂v + (1−β₂)g², θ ← θ − α·((m̂₁ + γm₂)/(√v̂ + ε) + λθ)"
  public static let source = "Pagliardini, Ablin and Grangier 2024, Algorithm 1"
  public static let hyperparameters: [Parameter<AdEMAMix>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2),
    Parameter("beta3", \.beta3, .fraction, "decay rate of the slow first moment, β₃"),
    Parameter(
      "slow_weight", \.slowWeight, .nonNegative, "γ, weight of the slow first moment in the step"),
    .epsilon(\.epsilon), .rootEpsilon("root_epsilon", \.rootEpsilon),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var beta3 = 0.9999
  public var slowWeight = 5.0
  public var epsilon = 1e-8
  public var rootEpsilon = 0.0
  public var weightDecay = 0.0
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<AdEMAMix, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var fastMean: Scalar = 0
      var slowMean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let fastMean: ExponentialMovingAverage<Scalar>
    let slowMean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let fastScale: Scalar
    let slowWeight: Scalar
    let squareScale: Scalar
    let rootEpsilon: Scalar
    let epsilon: Scalar
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: AdEMAMix, at context: StepContext) {
      fastMean = ExponentialMovingAverage(beta: rule.beta1)
      slowMean = ExponentialMovingAverage(beta: rule.beta3)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      fastScale = context.correction(of: rule.beta1)
      slowWeight = Scalar(rule.slowWeight)
      squareScale = context.correction(of: rule.beta2)
      rootEpsilon = Scalar(rule.rootEpsilon)
      epsilon = Scalar(rule.epsilon)
      rate = Scalar(context.learningRate)
      shrinkage = context.remainder(ofDecay: rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.fastMean = fastMean.next(after: memory.fastMean, value: gradient)
      memory.slowMean = slowMean.next(after: memory.slowMean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let root = (memory.meanSquare * squareScale + rootEpsilon).vectorSquareRoot
      let step = (memory.fastMean * fastScale + slowWeight * memory.slowMean) / (root + epsilon)
      parameter = parameter * shrinkage - rate * step
    }
  }
}
