public import Parameters

/// AdEMAMix: Adam with a second, much slower mean gradient; epsilon outside the root.
///
/// m₁ and m₂ average g with β₁ and β₃, v its square with β₂; θ ← θ − α·((m̂₁ + γm₂)/(√v̂ + ε) + λθ), m₂ without bias correction (Pagliardini, Ablin and
/// Grangier 2024, Algorithm 1, with γ and β₃ constant).
public struct AdEMAMix: Optimizer {
  public static let name = "ademamix"
  public static let summary = "Adam with a fast and a slow mean gradient"
  public static let source = "Pagliardini, Ablin and Grangier 2024, Algorithm 1"
  public static let hyperparameters: [Parameter<AdEMAMix>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of a typical step")
      .searched(.log, 1e-4...1),
    Parameter("beta1", \.beta1, .fraction, "weight of the past in the fast mean"),
    Parameter("beta2", \.beta2, .fraction, "weight of the past in the mean square"),
    Parameter("beta3", \.beta3, .fraction, "weight of the past in the slow mean"),
    Parameter(
      "slow_weight", \.slowWeight, .nonNegative, "γ, the weight of the slow mean in the step"),
    Parameter("epsilon", \.epsilon, .nonNegative, "keeps the denominator from zero"),
    Parameter("root_epsilon", \.rootEpsilon, .nonNegative, "added inside the root"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative, "share of the rate by which parameters shrink"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var beta3 = 0.9999
  public var slowWeight = 5.0
  public var epsilon = 1e-8
  public var rootEpsilon = 0.0
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<AdEMAMix, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(scheduled(by: $0), at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var fastMean: Scalar = 0
      var slowMean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
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
      direction = GradientDirection(weightDecay: 0, maximize: rule.maximize)
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
      let gradient = direction.apply(gradient, at: parameter)
      memory.fastMean = fastMean.next(after: memory.fastMean, value: gradient)
      memory.slowMean = slowMean.next(after: memory.slowMean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let root = (memory.meanSquare * squareScale + rootEpsilon).vectorSquareRoot
      let step = (memory.fastMean * fastScale + slowWeight * memory.slowMean) / (root + epsilon)
      parameter = parameter * shrinkage - rate * step
    }
  }
}
