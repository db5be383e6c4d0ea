import Parameters

/// The hyperparameters that several rules share, with one wording each.
extension Parameter where Owner: Optimizer {
  typealias Path<Value> = any WritableKeyPath<Owner, Value> & Sendable

  static func learningRate(
    _ searched: ClosedRange<Double>, _ meaning: String = "typical change of a parameter per step"
  ) -> Self {
    Parameter("learning_rate", \.learningRate, .positive, meaning).searched(.log, searched)
  }

  static func beta1(_ path: Path<Double>) -> Self {
    Parameter("beta1", path, .fraction, "decay rate of the first moment, β₁")
  }

  static func beta2(_ path: Path<Double>) -> Self {
    Parameter("beta2", path, .fraction, "decay rate of the second moment, β₂")
  }

  static func epsilon(_ path: Path<Double>) -> Self {
    Parameter("epsilon", path, .nonNegative, "added to the denominator for numerical stability")
  }

  /// - Parameter name: libraries disagree.
  static func rootEpsilon(_ name: String, _ path: Path<Double>) -> Self {
    Parameter(name, path, .nonNegative, "added to the second moment inside the root")
  }

  static func epsilonInsideRoot(_ path: Path<Bool>) -> Self {
    Parameter("epsilon_inside_root", path, "adds epsilon inside the root instead of outside")
  }

  static func biasCorrection(_ path: Path<Bool>) -> Self {
    Parameter("bias_correction", path, "divides running averages by 1 − βᵗ")
  }

  static func amsgrad(_ path: Path<Bool>) -> Self {
    Parameter("amsgrad", path, "never lets the second moment decrease (Reddi et al. 2018)")
  }

  static func momentum(_ path: Path<Double>) -> Self {
    Parameter("momentum", path, .fraction, "fraction of the velocity that each step keeps, μ")
  }

  static func nesterov(_ path: Path<Bool>) -> Self {
    Parameter("nesterov", path, "looks ahead along the velocity (Nesterov)")
  }

  static func penalty(_ path: Path<Double>) -> Self {
    Parameter("weight_decay", path, .nonNegative, "L2 penalty added to the gradient, λ")
  }

  static func decoupledDecay(_ path: Path<Double>) -> Self {
    Parameter(
      "weight_decay", path, .nonNegative, "decoupled weight decay: parameters shrink by α·λ")
  }

  /// Weight decay of rules that offer both kinds.
  static func eitherDecay(_ path: Path<Double>) -> Self {
    Parameter(
      "weight_decay", path, .nonNegative, "L2 penalty, or decoupled weight decay if 'decoupled'")
  }

  static func eitherDecay(_ path: Path<Double>, decoupledByDefault: Bool) -> Self {
    decoupledByDefault
      ? Parameter(
        "weight_decay", path, .nonNegative,
        "decoupled weight decay, or L2 penalty if not 'decoupled'")
      : eitherDecay(path)
  }

  static func decoupled(_ path: Path<Bool>) -> Self {
    Parameter("decoupled", path, "shrinks parameters directly instead of through the gradient")
  }

  static func fixedDecay(_ path: Path<Bool>) -> Self {
    Parameter("fixed_decay", path, "shrinks parameters by λ instead of α·λ")
  }
}

extension Parameter where Owner: DirectedRule {
  static var maximize: Self {
    Parameter("maximize", \.gradient.maximize, "maximizes instead of minimizing")
  }
}
