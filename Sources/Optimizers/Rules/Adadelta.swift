public import Parameters

/// Adadelta; epsilon inside both roots.
///
/// s ← ρs + (1−ρ)g², u = √(d+ε)/√(s+ε)·g, d ← ρd + (1−ρ)u², θ ← θ − α·u (Zeiler 2012, Algorithm 1, which has α = 1).
public struct Adadelta: Optimizer {
  public static let name = "adadelta"
  public static let summary = "scales steps by the ratio of past steps to past gradients"
  public static let source = "Zeiler 2012, Algorithm 1"
  public static let hyperparameters: [Parameter<Adadelta>] = [
    Parameter("learning_rate", \.learningRate, .positive, "factor on every step")
      .searched(.log, 1e-3...100),
    Parameter("rho", \.rho, .fraction, "weight of the past in both averages"),
    Parameter("epsilon", \.epsilon, .positive, "starts the first steps; inside both roots"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 1.0
  public var rho = 0.9
  public var epsilon = 1e-6
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(count: layout.count) { Update<Scalar>(self, at: $0) }
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var meanSquare: Scalar = 0
      var meanSquareStep: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let average: ExponentialMovingAverage<Scalar>
    let rate: Scalar
    let epsilon: Scalar

    init(_ rule: Adadelta, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      average = ExponentialMovingAverage(beta: rule.rho)
      rate = Scalar(context.learningRate)
      epsilon = Scalar(rule.epsilon)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      memory.meanSquare = average.next(after: memory.meanSquare, value: gradient * gradient)
      let step =
        (memory.meanSquareStep + epsilon).vectorSquareRoot
        / (memory.meanSquare + epsilon).vectorSquareRoot * gradient
      memory.meanSquareStep = average.next(after: memory.meanSquareStep, value: step * step)
      parameter -= rate * step
    }
  }
}
