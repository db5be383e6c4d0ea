public import Parameters

/// Adafactor: a matrix's second moments kept as a row and a column.
///
/// w = t^decay; r ← (1−w)r + w·rowmean(g²), c ← (1−w)c + w·colmean(g²), v̂ = r·c/max(mean(r), ε₁) for matrices,
/// v̂ ← (1−w)v̂ + w·g² for vectors; u = g/√max(v̂, ε₁²); α = max(ε₂, rms(θ))·min(lr, 1/√t);
/// θ ← θ(1 − lr·λ) − α·u/max(1, rms(u)/d) (Shazeer and Stern 2018, Algorithms 4 and 5). Without first moment and with
/// relative steps, as PyTorch has it. Tensors of more dimensions are stacks of matrices of the last two.
public struct Adafactor: DirectedRule {
  public static let name = "adafactor"
  public static let summary = "second moments of a matrix stored as one row and one column"
  public static let equation =
    "v̂ = r·c/mean(r) from row and column means of g², u = g/√v̂, θ ← θ(1 − αλ) − max(ε₂, rms(θ))·min(α, 1/√t)·u/max(1, rms(u)/d)"
  public static let source = "Shazeer and Stern 2018, Algorithms 4 and 5"
  public static let hyperparameters: [Parameter<Adafactor>] = [
    .learningRate(1e-4...1, "largest step relative to the size of a tensor"),
    Parameter(
      "beta2_decay", \.beta2Decay, .real, "exponent of t in the weight of new squared gradients"),
    Parameter(
      "epsilon1", \.epsilon1, .nonNegative,
      "ε₁, smallest root mean square; 0 for the machine epsilon"),
    Parameter("epsilon2", \.epsilon2, .nonNegative, "ε₂, smallest size of a tensor"),
    Parameter(
      "clipping_threshold", \.clippingThreshold, .positive, "d, largest root mean square of u"),
    .decoupledDecay(\.weightDecay),
  ]

  public var learningRate = 0.01
  public var beta2Decay = -0.8
  public var epsilon1 = 0.0
  public var epsilon2 = 0.001
  public var clippingThreshold = 1.0
  public var weightDecay = 0.0
  public var gradient = GradientForm()

  public init() {}

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let forms = layout.tensors.map { Form($0.shape) }
    return Stepper(
      storage: SlotStorage(
        count: layout.count, slots: [], extra: forms.reduce(0) { $0 + $1.momentCount }),
      body: .gradient { context, parameters, gradients, storage in
        var moments = storage.extra
        for (tensor, form) in zip(layout.tensors, forms) {
          let start = tensor.range.lowerBound
          let step = Step<Scalar>(self, form, count: tensor.range.count, at: context)
          step.run(parameters + start, gradients + start, moments: moments)
          moments += form.momentCount
        }
      })
  }

  /// How the second moments of a tensor are kept.
  struct Form: Sendable {
    /// Matrices in the stack; a vector is none.
    let matrices: Int
    let rows: Int
    let columns: Int
    let momentCount: Int

    init(_ shape: [Int]) {
      columns = shape.last ?? 1
      rows = shape.count > 1 ? shape[shape.count - 2] : 1
      matrices = shape.count > 1 ? shape.dropLast(2).reduce(1, *) : 0
      momentCount = matrices > 0 ? matrices * (rows + columns) : columns
    }
  }
}
