import Foundation
public import Parameters

/// Averaged stochastic gradient descent: the average of the iterates is evaluated.
///
/// θ ← (1 − λη)θ − ηg with η = α/(1 + λα(t−1))^κ; the average follows θ until step t₀ and is its mean from then on (Polyak and Juditsky 1992;
/// this form: Bottou's as PyTorch has it).
public struct ASGD: PenalizedRule {
  public static let name = "asgd"
  public static let summary = "averaged SGD: returns the average of the iterates"
  public static let equation =
    "θ ← (1 − λη)θ − ηg, η = α/(1 + λα(t−1))^κ, θ̄ ← θ̄ + (θ − θ̄)/max(1, t−1−t₀)"
  public static let source = "Polyak and Juditsky 1992"
  public static let hyperparameters: [Parameter<ASGD>] = [
    .learningRate(1e-4...10, "step length per unit of gradient in the first step"),
    Parameter("decay", \.decay, .nonNegative, "λ, decay of the parameters and the learning rate"),
    Parameter("power", \.power, .nonNegative, "κ, exponent of the learning-rate decay"),
    Parameter(
      "averaging_start", \.averagingStart, .nonNegative, "t₀, the step at which averaging starts"),
  ]

  public var learningRate = 0.01
  public var decay = 1e-4
  public var power = 0.75
  public var averagingStart = 1e6
  public var gradient = GradientForm()

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    .elementwise(
      count: layout.count, form: gradient,
      evaluationPoint: { _, point, storage in
        point.update(from: storage.base, count: storage.count)
      },
      prepare: { Update<Scalar>(self, at: $0) })
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var average: Scalar = 0
    }

    let rate: Scalar
    let shrinkage: Scalar
    let averageWeight: Scalar

    init(_ rule: ASGD, at context: StepContext) {
      let before = Double(context.step - 1)
      let rate =
        context.learningRate / pow(1 + rule.decay * context.learningRate * before, rule.power)
      self.rate = Scalar(rate)
      shrinkage = Scalar(1 - rule.decay * rate)
      averageWeight = Scalar(1 / max(1, before - rule.averagingStart))
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      parameter = parameter * shrinkage - rate * gradient
      let nearer = memory.average + averageWeight * (parameter - memory.average)
      memory.average = averageWeight == 1 ? parameter : nearer
    }
  }
}
