import Foundation
public import Parameters

/// NAdam: Adam with Nesterov's look-ahead; epsilon outside the root, after bias correction.
///
/// With μ_t = β₁(1 − ½·0.96^(tψ)): θ ← θ − α·[(1−μ_t)/(1−Πμ)·g + μ_{t+1}/(1−μ_{t+1}Πμ)·m]/(√v̂ + ε) (Dozat 2016, Algorithm 1; the schedule as PyTorch has
/// it). Without the schedule: θ ← θ − α·[β₁m/(1−β₁ᵗ⁺¹) + (1−β₁)g/(1−β₁ᵗ)]/(√v̂ + ε) (as optax has it).
public struct NAdam: DirectedRule {
  public static let name = "nadam"
  public static let summary = "Adam with Nesterov momentum"
  public static let equation =
    "m, v as adam; θ ← θ − α·[(1−μ_t)/(1−Πμ)·g + μ_{t+1}/(1−μ_{t+1}Πμ)·m]/(√v̂ + ε), μ_t = β₁(1 − ½·0.96^(tψ))"
  public static let source = "Dozat 2016, Algorithm 1"
  public static let hyperparameters: [Parameter<NAdam>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    Parameter(
      "momentum_decay", \.momentumDecay, .nonNegative, "ψ, how fast the momentum schedule rises"),
    Parameter("momentum_schedule", \.momentumSchedule, "raises the momentum to beta1 over time"),
    .eitherDecay(\.weightDecay), .decoupled(\.decoupled),
  ]

  public var learningRate = 0.002
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var momentumDecay = 0.004
  public var momentumSchedule = true
  public var weightDecay = 0.0
  public var decoupled = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        !momentumSchedule && momentumDecay != Self().momentumDecay, "momentum_decay",
        "has no effect without momentum_schedule"
      ),
      (decoupled && weightDecay == 0, "decoupled", "has no effect without weight_decay"))
  }

  public static var momentumPath: WritableKeyPath<NAdam, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let product = RunningProduct()
    var form = gradient
    form.weightDecay = decoupled ? 0 : weightDecay
    return .elementwise(count: layout.count, form: form) {
      Update<Scalar>(scheduled(by: $0), at: $0, product: product)
    }
  }

  /// Weights of the gradient and of its running mean in the step, before the rate.
  fileprivate func weights(step: Int, product: RunningProduct) -> (gradient: Double, mean: Double) {
    guard momentumSchedule else {
      typealias Average = ExponentialMovingAverage<Double>
      return (
        (1 - beta1) / Average.totalWeight(beta: beta1, step: step),
        beta1 / Average.totalWeight(beta: beta1, step: step + 1)
      )
    }
    let current = momentum(step)
    let next = momentum(step + 1)
    let soFar = product.value(afterStep: step, factor: current)
    return ((1 - current) / (1 - soFar), next / (1 - soFar * next))
  }

  private func momentum(_ step: Int) -> Double {
    beta1 * (1 - 0.5 * pow(0.96, Double(step) * momentumDecay))
  }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let gradientRate: Scalar
    let meanRate: Scalar
    let root: RootDenominator<Scalar>
    let shrinkage: Scalar

    init(_ rule: NAdam, at context: StepContext, product: RunningProduct) {
      mean = ExponentialMovingAverage(beta: rule.beta1)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      let weights = rule.weights(step: context.step, product: product)
      gradientRate = Scalar(context.learningRate * weights.gradient)
      meanRate = Scalar(context.learningRate * weights.mean)
      root = RootDenominator(beta: rule.beta2, epsilon: rule.epsilon, at: context)
      shrinkage = context.remainder(ofDecay: rule.decoupled ? rule.weightDecay : 0)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let step = gradientRate * gradient + meanRate * memory.mean
      parameter = parameter * shrinkage - step / root.of(memory.meanSquare)
    }
  }
}

/// A product with one factor per step, in `Double`; if a step is asked for twice, its last factor counts.
final class RunningProduct {
  private var step = 0
  /// Of all steps before.
  private var former = 1.0
  private var product = 1.0

  func value(afterStep step: Int, factor: Double) -> Double {
    if step > self.step {
      former = product
      self.step = step
    }
    product = former * factor
    return product
  }
}
