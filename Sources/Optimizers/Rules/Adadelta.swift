public import Parameters

/// Adadelta; epsilon inside both roots.
///
/// s ← ρs + (1−ρ)g², u = √(d+ε)/√(s+ε)·g, d ← ρd + (1−ρ)u², θ ← θ − α·u (Zeiler 2012, Algorithm 1, which has α = 1).
public struct Adadelta: PenalizedRule, ElementwiseRule {
  public static let name = "adadelta"
  public static let summary = "scales steps by the ratio of past steps to past gradients"
  public static let equation =
    "s ← ρs + (1−ρ)g², u = √(d+ε)/√(s+ε)·g, d ← ρd + (1−ρ)u², θ ← θ − α·u"
  public static let source = "Zeiler 2012, Algorithm 1"
  public static let hyperparameters: [Parameter<Adadelta>] = [
    .learningRate(1e-3...100, "factor on every step"),
    Parameter("rho", \.rho, .fraction, "decay rate of both averages, ρ"),
    Parameter(
      "epsilon", \.epsilon, .positive, "added inside both roots; sets the size of the first steps"),
  ]

  public var learningRate = 1.0
  public var rho = 0.9
  public var epsilon = 1e-6
  public var gradient = GradientForm()

  public init() {}

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var meanSquare: Scalar = 0
      var meanSquareStep: Scalar = 0
    }

    let average: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let epsilon: Scalar

    init(_ rule: Adadelta, at context: StepContext) {
      average = ExponentialMovingAverage(beta: rule.rho)
      rate = Scalar(context.learningRate)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.meanSquare = average.next(after: memory.meanSquare, value: gradient * gradient)
      let step =
        (memory.meanSquareStep + epsilon).vectorSquareRoot
        / (memory.meanSquare + epsilon).vectorSquareRoot * gradient
      memory.meanSquareStep = average.next(after: memory.meanSquareStep, value: step * step)
      parameter -= rate * step
    }
  }
}
