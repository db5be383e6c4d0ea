package import Parameters
package import Records

/// When a trial ends before its budget does.
package struct StoppingRules: Parameterized {
  package static let name = "stopping"
  package static let parameters: [Parameter<StoppingRules>] = [
    Parameter(
      "early_stopping", \.earlyStopping,
      "networks: stops after `patience` epochs without improvement"),
    Parameter(
      "convergence", \.convergence, "stops when the loss barely changes for several evaluations"),
  ]

  package var earlyStopping: EarlyStopping?
  package var convergence: Convergence?

  package init() {}
}

/// Ends training after some epochs without improvement (Prechelt 1998, "Early stopping — but when?").
package struct EarlyStopping: Parameterized {
  package static let name = "early_stopping"
  package static let parameters: [Parameter<EarlyStopping>] = [
    Parameter("patience", \.patience, .whole(1...100_000), "epochs without improvement").required(),
    Parameter(
      "metric",
      .phrased(
        "one of \(metrics.map(\.rawValue).joined(separator: ", ")) (never of the test set)",
        .choice(metrics.map(\.rawValue))), "metric to watch",
      get: { .choice($0.metric.rawValue) },
      set: {
        if case .choice(let name) = $1, let metric = Metric(rawValue: name) { $0.metric = metric }
      }),
    Parameter(
      "min_delta", \.minimumDelta, .nonNegative, "a smaller change is no improvement"),
    Parameter(
      "restore_best", \.restoresBest, "makes the best epoch the result, rather than the last"),
  ]

  package var patience = 1
  package var metric = Metric.validationLoss
  package var minimumDelta = 0.0
  /// Also if the budget ends the trial.
  package var restoresBest = true

  package init() {}

  /// The test set never decides.
  package static let metrics: [Metric] = [
    .validationLoss, .validationAccuracy, .trainLoss, .trainAccuracy,
  ]
}

/// Ends a trial when its loss changes by less than `epsilon` for `evaluations` evaluations in a row.
///
/// Evaluations are steps on a surface, and epochs of a network, whose whole training set is evaluated after each.
package struct Convergence: Parameterized {
  package static let name = "convergence"
  package static let parameters: [Parameter<Convergence>] = [
    Parameter("epsilon", \.epsilon, .positive, "smallest change that counts").required(),
    Parameter(
      "evaluations", \.evaluations, .whole(1...1_000_000), "evaluations in a row that change less"),
  ]

  package var epsilon = 1.0
  package var evaluations = 10

  package init() {}
}

extension StoppingRules {
  /// By key, as trials are keyed and budgets recorded; empty without rules. A key newer than stored trials is absent at its
  /// default.
  package var settings: [String: Setting] {
    var settings = flatSettings.filter { $0.key.contains(".") }.mapValues(Setting.init)
    if earlyStopping?.minimumDelta == 0 { settings["early_stopping.min_delta"] = nil }
    return settings
  }
}
