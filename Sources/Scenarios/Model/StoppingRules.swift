package import Records

/// When a trial ends before its budget does.
package struct StoppingRules: Hashable, Sendable {
  package var earlyStopping: EarlyStopping?
  package var convergence: Convergence?

  package init() {}
}

/// Ends training when the validation set has not got better for some epochs (Prechelt 1998, "Early stopping — but when?").
package struct EarlyStopping: Hashable, Sendable {
  /// Epochs without a better value.
  package var patience: Int
  package var metric = Metric.validationLoss
  /// Whether the best epoch is the trial's result, rather than the last; also if the budget ends it.
  package var restoresBest = true

  /// What may decide: the test set never does.
  package static let metrics: [Metric] = [
    .validationLoss, .validationAccuracy, .trainLoss, .trainAccuracy,
  ]
}

/// Ends a trial when its loss has changed by less than `epsilon` from each evaluation to the next, so many times in a row.
///
/// Evaluations are steps on a surface, and epochs of a network, whose whole training set is evaluated after each.
package struct Convergence: Hashable, Sendable {
  package var epsilon: Double
  package var evaluations: Int
}

extension StoppingRules {
  /// By key, as trials are keyed and budgets recorded; empty without rules.
  package var settings: [String: Setting] {
    var settings: [String: Setting] = [:]
    if let earlyStopping {
      settings["early_stopping.patience"] = .number(Double(earlyStopping.patience))
      settings["early_stopping.metric"] = .text(earlyStopping.metric.rawValue)
      settings["early_stopping.restore_best"] = .flag(earlyStopping.restoresBest)
    }
    if let convergence {
      settings["convergence.epsilon"] = .number(convergence.epsilon)
      settings["convergence.evaluations"] = .number(Double(convergence.evaluations))
    }
    return settings
  }
}
