public import Parameters

/// AdamW: Adam with decoupled weight decay; epsilon outside the root.
///
/// θ ← (1 − αλ)θ − α·m̂/(√v̂ + ε), moments as in Adam (Loshchilov and Hutter 2019, Algorithm 2; the rate in the decay as PyTorch has it).
public struct AdamW: Optimizer {
  public static let name = "adamw"
  public static let summary = "Adam whose weight decay bypasses the moments"
  public static let source = "Loshchilov and Hutter 2019, Algorithm 2"
  public static let hyperparameters: [Parameter<AdamW>] = [
    Parameter("learning_rate", \.learningRate, .positive, "length of a typical step")
      .searched(.log, 1e-4...1),
    Parameter("beta1", \.beta1, .fraction, "weight of the past in the mean gradient"),
    Parameter("beta2", \.beta2, .fraction, "weight of the past in the mean square"),
    Parameter("epsilon", \.epsilon, .nonNegative, "keeps the denominator from zero"),
    Parameter("amsgrad", \.amsgrad, "never lets the mean square fall (Reddi et al. 2018)"),
    Parameter(
      "weight_decay", \.weightDecay, .nonNegative, "share of the rate by which parameters shrink"),
    Parameter("maximize", \.maximize, "climbs instead of descending"),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var amsgrad = false
  public var weightDecay = 0.01
  public var maximize = false

  public init() {}

  public static var momentumPath: WritableKeyPath<AdamW, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let decay = weightDecay
    return amsgrad
      ? .elementwise(count: layout.count) {
        Adam.AMSGradUpdate<Scalar>(scheduled(by: $0).adam, at: $0, decoupledDecay: decay)
      }
      : .elementwise(count: layout.count) {
        Adam.Update<Scalar>(scheduled(by: $0).adam, at: $0, decoupledDecay: decay)
      }
  }

  /// The same moments without the decay.
  private var adam: Adam {
    var adam = Adam()
    (adam.learningRate, adam.beta1, adam.beta2) = (learningRate, beta1, beta2)
    (adam.epsilon, adam.amsgrad, adam.maximize) = (epsilon, amsgrad, maximize)
    return adam
  }
}
