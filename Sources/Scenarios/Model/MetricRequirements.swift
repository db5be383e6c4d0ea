package import Records

extension Metric {
  /// What a problem lacks to record the metric, to follow its name in a message; `nil` if nothing.
  func requirement(missingIn problem: Scenario.Problem) -> String? {
    if needsValidation, !problem.hasValidation {
      return "needs validation samples: add 'validation: 0.1' to the network"
    }
    if isAccuracy, problem.predictsValues {
      return "needs classes, but the data have numbers to predict; use an R² such as validation_r2"
    }
    if isAccuracy, !problem.tellsClasses { return "needs a loss over classes" }
    if isExplained, !problem.predictsValues {
      return "needs numbers to predict ('task: regression')"
    }
    return nil
  }

  /// Why the hyperparameters of problems cannot be chosen by the metric; `nil` if they can.
  ///
  /// A search holds samples out where a network has no validation set.
  package func obstacle(toTuning problems: [Scenario.Problem]) -> String? {
    for problem in problems {
      let allowed = TuningSettings.metrics.filter {
        ($0 == .loss) == (problem.kind != .network)
          && (!$0.isAccuracy || problem.tellsClasses)
          && (!$0.isExplained || problem.predictsValues)
      }
      guard !allowed.contains(self) else { continue }
      let names = allowed.map(\.rawValue).joined(separator: ", ")
      return switch problem.kind {
      case .network: "a network is tuned by one of \(names)"
      case .surface, .smoothing: "a surface is tuned by \(names)"
      }
    }
    return nil
  }
}
