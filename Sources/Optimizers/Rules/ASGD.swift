import Foundation
public import Parameters

/// Averaged stochastic gradient descent: the mean of the way is where to evaluate.
///
/// θ ← (1 − λη)θ − ηg with η = α/(1 + λα(t−1))^κ; the average follows θ until step t₀ and is its mean from then on (Polyak and Juditsky 1992; this form: Bottou's as
/// PyTorch has it).
public struct ASGD: Optimizer {
  public static let name = "asgd"
  public static let summary = "gradient descent evaluated at the mean of its way"
  public static let source = "Polyak and Juditsky 1992"
  public static let hyperparameters: [Parameter<ASGD>] = [
    Parameter(
      "learning_rate", \.learningRate, .positive, "first step length per unit of gradient"
    )
    .searched(.log, 1e-4...10),
    Parameter("decay", \.decay, .nonNegative, "λ, shrinkage and decay of the rate"),
    Parameter("power", \.power, .nonNegative, "κ of the decay of the rate"),
    Parameter(
      "averaging_start", \.averagingStart, .nonNegative,
      "t₀, the step after which the mean is taken"),
    Parameter("weight_decay", \.weightDecay, .nonNegative, "L2 penalty in the gradient"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.01
  public var decay = 1e-4
  public var power = 0.75
  public var averagingStart = 1e6
  public var weightDecay = 0.0
  public var maximize = false

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(
      count: layout.count,
      evaluationPoint: { _, point, storage in
        point.update(from: storage.base, count: storage.count)
      },
      prepare: { Update<Scalar>(self, at: $0) })
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: BitwiseCopyable, Sendable {
      var average: Scalar = 0
    }

    let initialMemory = Memory()
    let direction: GradientDirection<Scalar>
    let rate: Scalar
    let shrinkage: Scalar
    let averageWeight: Scalar

    init(_ rule: ASGD, at context: StepContext) {
      direction = GradientDirection(weightDecay: rule.weightDecay, maximize: rule.maximize)
      let before = Double(context.step - 1)
      let rate =
        context.learningRate / pow(1 + rule.decay * context.learningRate * before, rule.power)
      self.rate = Scalar(rate)
      shrinkage = Scalar(1 - rule.decay * rate)
      averageWeight = Scalar(1 / max(1, before - rule.averagingStart))
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let gradient = direction.apply(gradient, at: parameter)
      parameter = parameter * shrinkage - rate * gradient
      let nearer = memory.average + averageWeight * (parameter - memory.average)
      memory.average = averageWeight == 1 ? parameter : nearer
    }
  }
}
