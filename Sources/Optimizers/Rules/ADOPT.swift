import Foundation
public import Parameters

/// ADOPT: divides each gradient by the second moment before it, then averages.
///
/// The first step only sets v = g². Then u = clip(g/max(√v, ε), ±(t−1)^¼), m ← β₁m + (1−β₁)u, θ ← (1 − αλ)θ − α·m, v ← β₂v + (1−β₂)g²
/// (Taniguchi et al. 2024, Algorithm 2).
public struct ADOPT: DirectedRule, ElementwiseRule {
  public static let name = "adopt"
  public static let summary = "Adam that normalizes by the previous second moment, then averages"
  public static let equation =
    "u = clip(g/max(√v, ε), ±(t−1)^¼), m ← β₁m + (1−β₁)u, θ ← (1 − αλ)θ − α·m, v ← β₂v + (1−β₂)g²"
  public static let source = "Taniguchi et al. 2024, Algorithm 2"
  public static let hyperparameters: [Parameter<ADOPT>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2),
    Parameter("epsilon", \.epsilon, .positive, "smallest denominator"),
    Parameter("clipping", \.clipping, "clips each normalized gradient to ±(t−1)^¼"),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.9999
  public var epsilon = 1e-6
  public var clipping = true
  public var weightDecay = 0.0
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<ADOPT, Double>? { \.beta1 }

  typealias FloatUpdate = Update<Float>
  typealias DoubleUpdate = Update<Double>

  struct Update<Scalar: KernelScalar>: RuleUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    let limit: Scalar
    let epsilon: Scalar
    let rate: Scalar
    let shrinkage: Scalar

    init(_ rule: ADOPT, at context: StepContext) {
      let isFirst = context.step == 1
      mean = ExponentialMovingAverage(beta: rule.beta1, newWeight: isFirst ? 0 : 1 - rule.beta1)
      meanSquare = ExponentialMovingAverage(
        beta: rule.beta2, newWeight: isFirst ? 1 : 1 - rule.beta2)
      limit = rule.clipping ? Scalar(pow(Double(context.step - 1), 0.25)) : .infinity
      epsilon = Scalar(rule.epsilon)
      rate = Scalar(context.learningRate)
      shrinkage = context.remainder(ofDecay: isFirst ? 0 : rule.weightDecay)
    }

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      let root = memory.meanSquare.vectorSquareRoot
      let ratio = gradient / (root < epsilon ? epsilon : root)
      let lowered = ratio > limit ? limit : ratio
      // An infinite ratio would be clipped like any other and hide the divergence: 0 · ∞ keeps it visible.
      let clipped = (lowered < -limit ? -limit : lowered) + 0 * ratio
      memory.mean = mean.next(after: memory.mean, value: clipped)
      memory.meanSquare = meanSquare.next(after: memory.meanSquare, value: gradient * gradient)
      parameter = parameter * shrinkage - rate * memory.mean
    }
  }
}
