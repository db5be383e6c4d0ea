public import Parameters

/// Adam with bias correction; epsilon outside the root.
///
/// m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − α·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ)
/// (Kingma and Ba 2015, Algorithm 1).
public struct Adam: PenalizedRule {
  public static let name = "adam"
  public static let summary = "bias-corrected first and second moments of the gradient"
  public static let equation =
    "m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − α·m̂/(√v̂ + ε), m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ)"
  public static let source = "Kingma and Ba 2015, Algorithm 1"
  public static let hyperparameters: [Parameter<Adam>] =
    [
      .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
      .biasCorrection(\.biasCorrection),
    ] + amsgradHyperparameters

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var biasCorrection = true
  public var amsgrad = false
  public var amsgradOrder = AMSGradOrder.maximumFirst
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<Adam, Double>? { \.beta1 }

  struct Update<Scalar: KernelScalar>: CoordinateUpdate {
    struct Memory: RuleMemory {
      var mean: Scalar = 0
      var meanSquare: Scalar = 0
    }

    let moments: Moments<Scalar>
    /// 1 − αλ of decoupled weight decay; 1 without.
    let shrinkage: Scalar

    @inline(__always)
    func update(_ parameter: inout Scalar, gradient: Scalar, memory: inout Memory) {
      memory.mean = moments.mean.next(after: memory.mean, value: gradient)
      memory.meanSquare = moments.meanSquare.next(
        after: memory.meanSquare, value: gradient * gradient)
      parameter =
        parameter * shrinkage - moments.rate * memory.mean / moments.root.of(memory.meanSquare)
    }
  }
}
