public import Parameters

/// CAME: Adafactor's step with momentum, divided by how far steps are from their momentum.
///
/// R and C average row and column means of g² + ε₁ with β₂; u = g/√(R·C/mean(R)), u ← u/max(1, rms(u)/d), m ← β₁m + (1−β₁)u; r and c average
/// those of (u − m)² + ε₂ with β₃; θ ← θ(1 − αλ) − α·m/√(r·c/mean(r)) (Luo et al. 2023, Algorithm 2). A vector keeps v ← β₂v + (1−β₂)(g² + ε₁),
/// u = g/√v, and its step is α·m. Tensors of more dimensions are stacks of matrices of the last two. AMSGrad's maximum is, as
/// in pytorch_optimizer, that of √v, and u = g·√β₂/√max √v.
public struct CAME: DirectedRule {
  public static let name = "came"
  public static let summary = "Adafactor with momentum, trusted as far as steps agree with it"
  public static let equation =
    "u = g/√v̂, m ← β₁m + (1−β₁)u, θ ← θ(1 − αλ) − α·m/√ŝ; v̂, ŝ from row and column means of g² and (u − m)²"
  public static let source = "Luo et al. 2023, Algorithm 2"
  public static let hyperparameters: [Parameter<CAME>] = [
    .learningRate(1e-5...0.1), .beta1(\.beta1), .beta2(\.beta2),
    Parameter("beta3", \.beta3, .fraction, "decay rate of the squared residuals, β₃"),
    Parameter("epsilon1", \.epsilon1, .nonNegative, "ε₁, added to squared gradients"),
    Parameter("epsilon2", \.epsilon2, .nonNegative, "ε₂, added to squared residuals"),
    Parameter(
      "clipping_threshold", \.clippingThreshold, .positive, "d, largest root mean square of u"),
    .eitherDecay(\.weightDecay, decoupledByDefault: true), .decoupled(\.decoupled),
    Parameter("fixed_decay", \.fixedDecay, "decoupled decay shrinks by λ instead of α·λ"),
    .amsgrad(\.amsgrad),
  ]

  public var learningRate = 2e-4
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var beta3 = 0.9999
  public var epsilon1 = 1e-30
  public var epsilon2 = 1e-16
  public var clippingThreshold = 1.0
  public var weightDecay = 0.0
  public var decoupled = true
  public var fixedDecay = false
  public var amsgrad = false
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<CAME, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let forms = layout.tensors.map { Adafactor.Form($0.shape) }
    // Matrices keep two factored averages, vectors one that is not.
    let counts = forms.map { $0.matrices > 0 ? 2 * $0.momentCount : $0.momentCount }
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean"] + (amsgrad ? ["largest_root"] : []),
        extra: counts.reduce(0, +)),
      body: .gradient { context, parameters, gradients, storage in
        let rule = scheduled(by: context)
        var moments = storage.extra
        for (index, tensor) in layout.tensors.enumerated() where !tensor.range.isEmpty {
          let start = tensor.range.lowerBound
          Step<Scalar>(rule, forms[index], count: tensor.range.count, at: context).run(
            parameters + start, gradients + start, mean: storage[0] + start, moments: moments,
            largest: amsgrad ? storage[1] + start : nil)
          moments += counts[index]
        }
      })
  }
}
