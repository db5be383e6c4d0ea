public import Parameters

/// LaProp: momentum of gradients that were scaled before; epsilon outside the root.
///
/// v ← β₂v + (1−β₂)g², m ← β₁m + (1−β₁)α·g/(√v̂ + ε̂), θ ← (1 − αλ)(θ − m/c) with c the average of rates over the rate, 1 − β₁ᵗ at a constant
/// one (Ziyin, Wang and Ueda 2020, Algorithm 1; √v̂ + ε̂ = (√(v + 10⁻¹⁵) + ε)/√(1−β₂ᵗ)). Centered, v is less the square of the average gradient.
public struct LaProp: DirectedRule {
  public static let name = "laprop"
  public static let summary = "momentum of gradients that were scaled before"
  public static let equation =
    "v ← β₂v + (1−β₂)g², m ← β₁m + (1−β₁)α·g/(√v̂ + ε), θ ← (1 − αλ)(θ − m/(1−β₁ᵗ))"
  public static let source = "Ziyin, Wang and Ueda 2020, Algorithm 1"
  public static let hyperparameters: [Parameter<LaProp>] = [
    .learningRate(1e-5...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    Parameter(
      "centered", \.centered, "divides by the standard deviation instead of the root mean square"),
    Parameter(
      "uncentered_steps", \.uncenteredSteps, .whole(atLeast: 0),
      "first steps that divide by the root mean square all the same"),
    .amsgrad(\.amsgrad), .decoupledDecay(\.weightDecay), .fixedDecay(\.fixedDecay),
  ]

  public var learningRate = 0.0004
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-15
  public var centered = false
  public var uncenteredSteps = 10
  public var amsgrad = false
  public var weightDecay = 0.0
  public var fixedDecay = false
  public var gradient = GradientForm()

  public init() {}

  public var conflicts: [Conflict] {
    [Conflict](
      (
        uncenteredSteps != Self().uncenteredSteps && !centered, "uncentered_steps",
        "has no effect without centered"
      ),
      (fixedDecay && weightDecay == 0, "fixed_decay", "has no effect without weight_decay"))
  }

  public static var momentumPath: WritableKeyPath<LaProp, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let rates = RunningAverage()
    @inline(__always) func step(_ context: StepContext) -> Step<Scalar> {
      Step(scheduled(by: context), at: context, rates: rates)
    }
    let count = layout.count
    return switch (centered, amsgrad) {
    case (false, false): .elementwise(count: count, form: gradient) { Update(step: step($0)) }
    case (true, false): .elementwise(count: count, form: gradient) { Centered(step: step($0)) }
    case (false, true): .elementwise(count: count, form: gradient) { Largest(step: step($0)) }
    case (true, true):
      .elementwise(count: count, form: gradient) { LargestCentered(step: step($0)) }
    }
  }

  /// The coefficients of a step of any kind.
  struct Step<Scalar: KernelScalar>: Sendable {
    let mean: ExponentialMovingAverage<Scalar>
    let meanSquare: ExponentialMovingAverage<Scalar>
    /// 1, or 0 while the second moment is not centered.
    let centering: Scalar
    /// 1/√(1 − β₂ᵗ).
    let rootScale: Scalar
    let epsilon: Scalar
    /// 1/c.
    let meanScale: Scalar
    let shrinkage: Scalar

    init(_ rule: LaProp, at context: StepContext, rates: RunningAverage) {
      let rate = context.learningRate
      mean = ExponentialMovingAverage(beta: rule.beta1, newWeight: (1 - rule.beta1) * rate)
      meanSquare = ExponentialMovingAverage(beta: rule.beta2)
      centering = rule.centered && context.step > rule.uncenteredSteps ? 1 : 0
      rootScale =
        RootDenominator(beta: rule.beta2, epsilon: 0, at: context).scale
      epsilon = Scalar(rule.epsilon)
      let average = rates.value(afterStep: context.step, value: rate, beta: rule.beta1)
      meanScale = Scalar(rate == 0 ? 1 : rate / average)
      shrinkage = context.remainder(ofDecay: rule.weightDecay, fixed: rule.fixedDecay)
    }

    /// The second moment less the square of the first, if it is centered.
    @inline(__always)
    func centered(_ meanSquare: Scalar, _ mean: Scalar) -> Scalar {
      let difference = meanSquare - centering * (mean * mean)
      // Rounding takes the variance of a steady gradient below zero; NaN is no such case and passes.
      return difference < 0 ? 0 : difference
    }

    @inline(__always)
    func move(
      _ parameter: inout Scalar, _ gradient: Scalar, _ mean: inout Scalar, moment: Scalar
    ) {
      let root = ((moment + 1e-15).vectorSquareRoot + epsilon) * rootScale
      mean = self.mean.next(after: mean, value: gradient / root)
      parameter = (parameter - meanScale * mean) * shrinkage
    }
  }
}

/// An average of one number per step that starts at 0, in `Double`; if a step is asked for twice, its last number counts.
final class RunningAverage {
  private var step = 0
  /// Of all steps before.
  private var former = 0.0
  private var average = 0.0

  func value(afterStep step: Int, value: Double, beta: Double) -> Double {
    if step > self.step {
      former = average
      self.step = step
    }
    average = beta * former + (1 - beta) * value
    return average
  }
}
