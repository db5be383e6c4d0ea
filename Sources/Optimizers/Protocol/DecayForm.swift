public import Parameters

/// Weight decay as an L2 penalty in the gradient, or decoupled from it.
///
/// g ← g + λθ; decoupled: θ ← (1 − αλ)θ; decoupled and fixed: θ ← (1 − λ)θ.
public struct DecayForm: Hashable, Sendable {
  /// λ, at least 0.
  public var weightDecay = 0.0
  public var decoupled: Bool
  /// Decoupled decay whatever the learning rate.
  public var fixed = false

  init(decoupled: Bool = false, weightDecay: Double = 0) {
    self.decoupled = decoupled
    self.weightDecay = weightDecay
  }

  /// λ of the penalty; 0 for decoupled decay.
  var penalty: Double { decoupled ? 0 : weightDecay }

  /// What decoupled decay leaves of a parameter; 1 for the penalty.
  @inline(__always)
  func remainder<Scalar: KernelScalar>(at context: StepContext) -> Scalar {
    context.remainder(ofDecay: decoupled ? weightDecay : 0, fixed: fixed)
  }
}

/// A rule whose weight decay is either of two kinds.
public protocol DecayingRule: DirectedRule {
  var decay: DecayForm { get set }
}

extension DecayingRule {
  public static var parameters: [Parameter<Self>] {
    hyperparameters + [
      .eitherDecay(\.decay.weightDecay, decoupledByDefault: Self().decay.decoupled),
      .decoupled(\.decay.decoupled), .fixedDecay(\.decay.fixed), .maximize,
    ]
  }

  public var weightDecay: Double {
    get { decay.weightDecay }
    set { decay.weightDecay = newValue }
  }

  public var decoupled: Bool {
    get { decay.decoupled }
    set { decay.decoupled = newValue }
  }

  public var fixedDecay: Bool {
    get { decay.fixed }
    set { decay.fixed = newValue }
  }

  public var conflicts: [Conflict] { decayConflicts }

  var decayConflicts: [Conflict] {
    [Conflict](
      (
        decoupled != Self().decoupled && weightDecay == 0, "decoupled",
        "has no effect without weight_decay"
      ),
      (fixedDecay && !decoupled, "fixed_decay", "needs decoupled"),
      (fixedDecay && weightDecay == 0, "fixed_decay", "has no effect without weight_decay"))
  }

  /// The gradient with the penalty in it.
  var gradientForm: GradientForm {
    GradientForm(weightDecay: decay.penalty, maximize: maximize)
  }
}

extension ElementwiseRule where Self: DecayingRule {
  var gradientForm: GradientForm {
    GradientForm(weightDecay: decay.penalty, maximize: maximize)
  }
}
