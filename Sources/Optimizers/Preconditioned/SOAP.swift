public import Parameters

/// SOAP: Adam in the eigenbasis of Shampoo's statistics.
///
/// L ← βL + (1−β)ggᵀ, R ← βR + (1−β)gᵀg after each step; Q_L and Q_R are eigenvectors of the first L and R, improved at every n-th step by one
/// QR decomposition of L·Q_L, in descending order of qᵀLq. g' = Q_Lᵀ g Q_R, m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g'²,
/// θ ← (θ − α·√(1−β₂ᵗ)/(1−β₁ᵗ)·Q_L·(Q_Lᵀ m Q_R/(√v + ε))·Q_Rᵀ)(1 − αλ) (Vyas et al. 2024, Algorithm 3). The first step makes statistics only,
/// and t counts from the second. The mean is kept in the basis, where it needs one product less a step.
public struct SOAP: DirectedRule {
  public static let name = "soap"
  public static let summary = "Adam in the eigenbasis of Shampoo's statistics"
  public static let equation =
    "g' = Q_Lᵀ g Q_R, m ← β₁m + (1−β₁)g', v ← β₂v + (1−β₂)g'², θ ← (θ − α·Q_L·m̂/(√v̂ + ε)·Q_Rᵀ)(1 − αλ)"
  public static let source = "Vyas et al. 2024, Algorithm 3"
  public static let hyperparameters: [Parameter<SOAP>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2),
    Parameter(
      "shampoo_beta", \.shampooBeta, .fraction, absent: "beta2",
      "decay rate of the statistics L and R, β"),
    .epsilon(\.epsilon), .decoupledDecay(\.weightDecay),
    Parameter(
      "precondition_frequency", \.preconditionFrequency, .whole(atLeast: 1),
      "steps between improvements of the basis, n"),
    Parameter(
      "max_precondition_dim", \.maxPreconditionDim, .whole(atLeast: 1),
      "longer sides have no basis"),
    Parameter("merge_dims", \.mergeDims, "merges axes up to that length"),
    Parameter("precondition_1d", \.precondition1D, "vectors have a basis too"),
    .biasCorrection(\.biasCorrection),
    Parameter(
      "normalize_gradient", \.normalizeGradient, "divides each step by its root mean square"),
    Parameter(
      "data_format", \.dataFormat,
      "whether the second or the last of four axes has the channels; counts where axes are merged"),
  ]

  public enum DataFormat: String, CaseIterable, Sendable {
    case channelsFirst = "channels_first"
    case channelsLast = "channels_last"
  }

  public var learningRate = 0.003
  public var beta1 = 0.95
  public var beta2 = 0.95
  public var shampooBeta: Double?
  public var epsilon = 1e-8
  public var weightDecay = 0.01
  public var preconditionFrequency = 10
  public var maxPreconditionDim = 10_000
  public var mergeDims = false
  public var precondition1D = false
  public var biasCorrection = true
  public var normalizeGradient = false
  public var dataFormat = DataFormat.channelsFirst
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<SOAP, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let forms = layout.tensors.map { Form($0.shape, self) }
    let scratch = forms.map { ($0.isTransposed ? 4 : 3) * $0.axes.count }.max() ?? 0
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: ["mean", "mean_square"],
        extra: forms.reduce(0) { $0 + 2 * $1.axes.matrixCount }),
      body: .gradient { context, parameters, gradients, storage in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          guard let scratch = scratch.baseAddress else { return }
          let rule = scheduled(by: context)
          var statistics = storage.extra
          for (tensor, form) in zip(layout.tensors, forms) where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            Step(
              rule: rule, form: form, mean: storage[0] + start, meanSquare: storage[1] + start,
              statistics: statistics, scratch: scratch
            ).run(parameters + start, gradients + start, at: context)
            statistics += 2 * form.axes.matrixCount
          }
        }
      })
  }

  /// How a tensor is seen.
  struct Form: Sendable {
    let axes: TensorAxes
    /// Of four axes with channels last, as a stack of matrices with the channels as columns; `nil` where they stay in order.
    let transposition: (stack: Int, rows: Int, columns: Int)?

    var isTransposed: Bool { transposition != nil }

    init(_ shape: [Int], _ rule: SOAP) {
      let limit = rule.maxPreconditionDim
      guard shape.count > 1 else {
        axes = TensorAxes(shape) { rule.precondition1D && $0 <= limit }
        transposition = nil
        return
      }
      guard rule.mergeDims else {
        axes = TensorAxes(shape) { $0 <= limit }
        transposition = nil
        return
      }
      let isTransposed = rule.dataFormat == .channelsLast && shape.count == 4
      let ordered = isTransposed ? [shape[0], shape[3], shape[1], shape[2]] : shape
      axes = TensorAxes(Self.merged(ordered, limit)) { $0 <= limit }
      transposition = isTransposed ? (shape[0], shape[1] * shape[2], shape[3]) : nil
    }

    /// Axes merged from the first on, as long as their product is within the limit.
    private static func merged(_ shape: [Int], _ limit: Int) -> [Int] {
      var merged: [Int] = []
      var product = 1
      for length in shape {
        if length > 0, product * length > limit {
          merged.append(product)
          product = length
        } else {
          product *= length
        }
      }
      return merged + [product]
    }
  }
}
