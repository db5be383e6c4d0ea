public import Parameters

/// MARS: a gradient corrected by its change since the step before, in AdamW, Lion or an orthogonal step.
///
/// c = g + γβ₁/(1−β₁)·(g − g₋), c ← c/max(1, ‖c‖) per tensor, m ← β₁m + (1−β₁)c; AdamW: v ← β₂v + (1−β₂)c²,
/// u = m̂/(√(v + 10⁻¹⁵) + ε)·√(1−β₂ᵗ); Lion: u = sign(m); Shampoo: u = √max(1, rows/columns)·NewtonSchulz(m/(1−β₁));
/// θ ← θ(1 − αλ) − α·u (Yuan et al. 2024, Algorithms 2 to 4; g₋ is the gradient of the batch before, section 3.3). As in
/// pytorch_optimizer, weight decay that is not decoupled enters g₋ alone.
public struct MARS: DirectedRule {
  public static let name = "mars"
  public static let summary = "AdamW, Lion or orthogonal steps with reduced variance"
  public static let equation =
    "c = g + γβ₁/(1−β₁)(g − g₋), c ← c/max(1, ‖c‖), m ← β₁m + (1−β₁)c, v ← β₂v + (1−β₂)c², θ ← θ(1 − αλ) − α·m̂/(√v̂ + ε)"
  public static let source = "Yuan et al. 2024, Algorithms 2 to 4"
  public static let hyperparameters: [Parameter<MARS>] = [
    .learningRate(1e-4...1), .beta1(\.beta1), .beta2(\.beta2),
    Parameter(
      "gamma", \.gamma, .nonNegative, "γ, strength of the correction"
    ).searched(.log, 1e-3...1),
    Parameter("form", \.form, "what takes the corrected gradient"),
    .epsilon(\.epsilon), .eitherDecay(\.weightDecay, decoupledByDefault: true),
    .decoupled(\.decoupled),
    Parameter("fixed_decay", \.fixedDecay, "decoupled decay shrinks by λ instead of α·λ"),
    .amsgrad(\.amsgrad),
    Parameter("cautious", \.cautious, "leaves out entries whose sign is not the gradient's"),
    Parameter(
      "correct_vectors", \.correctVectors, "vectors too; without it they take AdamW's steps"),
    Parameter("vector_learning_rate", \.vectorLearningRate, .positive, "AdamW's, for vectors"),
    Parameter("vector_beta1", \.vectorBeta1, .fraction, "AdamW's, for vectors"),
    Parameter("vector_beta2", \.vectorBeta2, .fraction, "AdamW's, for vectors"),
    Parameter("vector_weight_decay", \.vectorWeightDecay, .nonNegative, "AdamW's, for vectors"),
  ]

  public enum Form: String, CaseIterable, Sendable {
    case adamw, lion, shampoo
  }

  public var learningRate = 0.003
  public var beta1 = 0.95
  public var beta2 = 0.99
  public var gamma = 0.025
  public var form = Form.adamw
  public var epsilon = 1e-8
  public var weightDecay = 0.0
  public var decoupled = true
  public var fixedDecay = false
  public var amsgrad = false
  public var cautious = false
  /// Surfaces have no matrices.
  public var correctVectors = true
  /// A schedule changes it as it changes the other one.
  public var vectorLearningRate = 0.003
  public var vectorBeta1 = 0.9
  public var vectorBeta2 = 0.95
  public var vectorWeightDecay = 0.1
  public var gradient = GradientForm()

  public init() {}

  public static var momentumPath: WritableKeyPath<MARS, Double>? { \.beta1 }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func stepper<Scalar: KernelScalar>(
    for layout: ParameterLayout, as _: Scalar.Type
  ) -> Stepper<Scalar> {
    let plans = layout.tensors.map { Plan($0.shape, self) }
    let scratch =
      plans.filter { $0.form == .shampoo }
      .map { $0.shape.count + NewtonSchulz<Scalar>.scratchCount($0.shape) }.max() ?? 0
    let isAdaptive = plans.contains { $0.form == .adamw }
    let isCorrected = plans.contains { $0.isCorrected }
    return Stepper(
      storage: SlotStorage(
        count: layout.count,
        slots: ["mean"] + (isAdaptive ? ["mean_square"] : [])
          + (isAdaptive && amsgrad ? ["largest_mean_square"] : [])
          + (isCorrected ? ["gradient"] : [])),
      body: .gradient { context, parameters, gradients, storage in
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
          let rule = scheduled(by: context)
          for (tensor, plan) in zip(layout.tensors, plans) where !tensor.range.isEmpty {
            let start = tensor.range.lowerBound
            let memory = Step<Scalar>.Memory(
              mean: storage[0] + start,
              meanSquare: isAdaptive ? storage[1] + start : nil,
              largest: isAdaptive && amsgrad ? storage[2] + start : nil,
              former: isCorrected ? storage[storage.names.count - 1] + start : nil)
            Step(rule, plan, memory, at: context)
              .run(parameters + start, gradients + start, scratch: scratch.baseAddress)
          }
        }
      })
  }

  /// What is done with a tensor.
  struct Plan: Sendable {
    let shape: MatrixShape
    let isCorrected: Bool
    let form: Form
    /// Of an orthogonal step.
    let scale: Double

    init(_ shape: [Int], _ rule: MARS) {
      self.shape = MatrixShape(shape)
      let isMatrix = shape.count > 1
      isCorrected = rule.correctVectors || isMatrix
      form = !isCorrected || rule.form == .shampoo && !isMatrix ? .adamw : rule.form
      scale = isMatrix ? max(1, Double(shape[0]) / Double(shape[1])).squareRoot() : 1
    }
  }
}
