import Optimizers

extension ReferenceCase {
  /// The rule of this case under this package's names; an unknown hyperparameter is an error, not ignored.
  func rule(from optimizer: String) throws -> any Optimizer {
    var rule = try emptyRule(for: optimizer)
    for (name, value) in hyperparameters {
      for (name, value) in try Self.translate(name, value, of: optimizer, in: rule) {
        try Self.set(name, to: value, in: &rule)
      }
    }
    return rule
  }

  private func emptyRule(for optimizer: String) throws -> any Optimizer {
    switch optimizer {
    case "sgd":
      if hyperparameters["nesterov"] == .flag(true) { return Nesterov() }
      return hyperparameters["momentum"] == .number(0) ? SGD() : Momentum()
    case "momentum_ewma":
      var rule = Momentum()
      rule.form = .average
      return rule
    case "adagrad": return Adagrad()
    case "adadelta": return Adadelta()
    case "rmsprop": return RMSprop()
    case "adam": return Adam()
    default: throw ReferenceError.missing(optimizer)
    }
  }

  private static let names = [
    "lr": "learning_rate", "eps": "epsilon", "alpha": "decay", "lr_decay": "learning_rate_decay",
    "initial_accumulator_value": "initial_accumulator", "debias": "bias_correction",
  ]

  private static func translate(
    _ name: String, _ value: ReferenceValue, of optimizer: String, in rule: any Optimizer
  ) throws -> [(String, HyperparameterValue)] {
    switch (name, value) {
    case ("betas", .list(let betas)):
      return [("beta1", .number(betas[0])), ("beta2", .number(betas[1]))]
    case ("decay", .number(let decay)) where optimizer == "momentum_ewma":
      return [("momentum", .number(decay))]
    // Settled by the choice of the rule.
    case ("nesterov", _), ("decoupled_weight_decay", .flag(false)): return []
    case ("momentum", .number(0)) where rule is SGD: return []
    case ("dampening", .number(0)) where !(rule is Momentum): return []
    case (_, .number(let number)): return [(names[name] ?? name, .number(number))]
    case (_, .flag(let flag)): return [(names[name] ?? name, .flag(flag))]
    default: throw ReferenceError.notCovered(name: name, of: optimizer)
    }
  }

  private static func set(
    _ name: String, to value: HyperparameterValue, in rule: inout any Optimizer
  ) throws {
    func set<Rule: Optimizer>(_ known: Rule) throws -> any Optimizer {
      var known = known
      try known.set(name, to: value)
      return known
    }
    rule = try set(rule)
  }
}
