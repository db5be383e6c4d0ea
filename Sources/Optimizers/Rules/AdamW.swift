public import Parameters

/// AdamW: Adam with decoupled weight decay; epsilon outside the root.
///
/// θ ← (1 − αλ)θ − α·m̂/(√v̂ + ε), moments as in Adam (Loshchilov and Hutter 2019, Algorithm 2; the learning rate in the decay as
/// PyTorch has it).
public struct AdamW: DirectedRule {
  public static let name = "adamw"
  public static let summary = "Adam with decoupled weight decay"
  public static let equation = "m, v as adam; θ ← (1 − αλ)θ − α·m̂/(√v̂ + ε)"
  public static let source = "Loshchilov and Hutter 2019, Algorithm 2"
  public static let hyperparameters: [Parameter<AdamW>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2), .epsilon(\.epsilon),
    .amsgrad(\.amsgrad), .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.001
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var amsgrad = false
  public var weightDecay = 0.01
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<AdamW, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let decay = weightDecay
    return amsgrad
      ? .elementwise(count: layout.count, form: gradient) {
        Adam.AMSGradUpdate<Scalar>(scheduled(by: $0).adam, at: $0, decoupledDecay: decay)
      }
      : .elementwise(count: layout.count, form: gradient) {
        Adam.Update<Scalar>(
          moments: Adam.Moments(scheduled(by: $0).adam, at: $0),
          shrinkage: $0.remainder(ofDecay: decay))
      }
  }

  /// The same moments without the decay.
  private var adam: Adam {
    var adam = Adam()
    (adam.learningRate, adam.beta1, adam.beta2) = (learningRate, beta1, beta2)
    (adam.epsilon, adam.amsgrad) = (epsilon, amsgrad)
    return adam
  }
}
