import Foundation
public import Parameters

/// Simplified AdEMAMix: one slow first moment and the newest gradient; epsilon outside the root.
///
/// m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← (1 − αλ)θ − α·(m + γg)/((√v + cε)·c) with c = √(1−β₂ᵗ) (Morwani et al. 2025, Algorithm 1, with an average for the sum and
/// divided by c where the paper multiplies, as in pytorch_optimizer). β₁ may rise from a first value in as many steps as it takes, linearly in its half-life.
public struct SimplifiedAdEMAMix: DecayingRule, ElementwiseRule {
  public static let name = "simplified_ademamix"
  public static let summary = "a slow first moment and the newest gradient"
  public static let equation =
    "m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← (1 − αλ)θ − α·(m + γg)/((√v + cε)·c), c = √(1−β₂ᵗ)"
  public static let source = "Morwani et al. 2025, Algorithm 1"
  public static let hyperparameters: [Parameter<SimplifiedAdEMAMix>] = [
    .learningRate(1e-6...1), .beta1(\.beta1), .beta2(\.beta2),
    Parameter(
      "gradient_weight", \.gradientWeight, .nonNegative, "weight of the newest gradient, γ"),
    Parameter(
      "beta1_warmup", \.beta1Warmup, .whole(atLeast: 0), "steps in which β₁ rises; 0 for none"),
    Parameter("min_beta1", \.minBeta1, .fraction, "β₁ from which it rises"),
    .epsilon(\.epsilon),
  ]

  public var learningRate = 0.0001
  public var beta1 = 0.99
  public var beta2 = 0.95
  public var gradientWeight = 0.0
  public var beta1Warmup = 0
  public var minBeta1 = 0.9
  public var epsilon = 1e-8
  public var decay = DecayForm(decoupled: true)
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    decayConflicts
      + [Conflict](
        (
          minBeta1 != Self().minBeta1 && beta1Warmup == 0, "min_beta1",
          "has no effect without beta1_warmup"
        ))
  }

  public static var momentumPath: WritableKeyPath<SimplifiedAdEMAMix, Double>? { \.beta1 }

  /// β₁ of a step; half-lives less one step are log ½/log(β + 10⁻⁸) − 1.
  fileprivate func beta1(at step: Int) -> Double {
    guard step < beta1Warmup else { return beta1 }
    func halfLife(_ beta: Double) -> Double { log(0.5) / log(beta + 1e-8) - 1 }
    let share = Double(step) / Double(beta1Warmup)
    let reached = (1 - share) * halfLife(minBeta1) + share * halfLife(beta1)
    return pow(0.5, 1 / (reached + 1))
  }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let gradientWeight: Scalar
    /// cε.
    let epsilon: Scalar
    /// α/c.
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: SimplifiedAdEMAMix, at context: StepContext) {
      mean = ExponentialMovingAverage(beta: rule.beta1(at: context.step))
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      gradientWeight = Scalar(rule.gradientWeight)
      let correction =
        ExponentialMovingAverage<Double>
        .totalWeight(beta: rule.beta2, step: context.step).squareRoot()
      epsilon = Scalar(correction * rule.epsilon)
      rate = Scalar(context.learningRate / correction)
      shrinkage = rule.decay.remainder(at: context)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      let step =
        (memory.mean + gradientWeight * gradient)
        / (memory.meanSquare.vectorSquareRoot + epsilon)
      parameter = parameter * shrinkage - rate * step
    }
  }
}
