package import Records

/// Diagnosis of a training run from its curves, with a direction: what to change.
///
/// The rule is in ``DiagnosedCurves``; docs/trust.md has its confusion table on runs whose fault is known.
package enum Diagnosis: String, CaseIterable, Codable, Hashable, Sendable {
  case stillLearning = "still_learning"
  case overfitting
  case converged
  case suspiciousData = "suspicious_data"
  case rateTooLarge = "rate_too_large"
  case deadUnits = "dead_units"
  case divergence

  /// Condition of the diagnosis.
  package var rule: String {
    switch self {
    case .stillLearning:
      "the training loss was still falling at the end"
    case .overfitting:
      "the held-out loss rose again, while the training loss is much lower"
    case .converged:
      "the training loss is flat, the training samples are fitted, or early stopping ended the run"
    case .suspiciousData:
      "training improves and the held-out set does not"
    case .rateTooLarge:
      "the training loss jumps, or ends near or above its start after it had jumped"
    case .deadUnits:
      "the training loss never moved, up or down"
    case .divergence: "a loss or parameter became infinite or NaN"
    }
  }

  /// What to check or change first.
  package var advice: String {
    switch self {
    case .stillLearning: "use a larger learning rate, or train for more epochs"
    case .overfitting: "use early stopping, regularization, a smaller network or more data"
    case .converged: "training is finished; a schedule may improve the result further"
    case .suspiciousData:
      "check the labels, and whether both sets have the same distribution"
    case .rateTooLarge: "use a smaller learning rate, a warm-up or gradient clipping"
    case .deadUnits:
      "check the initialization, the biases and the activations: no gradient reaches the layers below dead units"
    case .divergence: "use a smaller learning rate or gradient clipping"
    }
  }

  /// Whether it asks for a change; the best optimizer of a scenario is not reported as faulty.
  package var isFault: Bool { self != .stillLearning && self != .converged }

  /// - Returns: `nil` for a trial without training, or with fewer than two epochs.
  package init?(of trial: TrialRecord) {
    guard let training = trial.curve(.trainLoss)?.values else { return nil }
    guard trial.status.divergedStep == nil else {
      self = .divergence
      return
    }
    // The result is that of the restored epoch, and so is the diagnosis.
    let count = trial.restoredEpoch.map { $0 + 1 } ?? training.count
    func curve(_ metric: Metric) -> [Double]? {
      trial.curve(metric).map { Array($0.values.prefix(metric.isPerEpoch ? count : .max)) }
    }
    // Without a validation set, the test set describes the run; no setting is chosen by it.
    let hasValidation = curve(.validationLoss) != nil
    self.init(
      DiagnosedCurves(
        training: Array(training.prefix(count)), trainingAccuracy: curve(.trainAccuracy),
        heldOut: curve(hasValidation ? .validationLoss : .testLoss),
        heldOutAccuracy: curve(hasValidation ? .validationAccuracy : .testAccuracy),
        batches: curve(.loss) ?? []))
    if self == .stillLearning, trial.stopReason == .earlyStopping { self = .converged }
  }

  package init?(_ curves: DiagnosedCurves) {
    guard let diagnosis = curves.diagnosis else { return nil }
    self = diagnosis
  }
}
