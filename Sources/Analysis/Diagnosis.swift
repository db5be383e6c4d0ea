package import Records
import Statistics

/// Diagnosis of a training run from its training and validation losses.
///
/// A loss falls or rises if the least-squares line through its last third of epochs (at least three values) changes by more than
/// 2 % of the larger mean of both losses over these epochs; otherwise it is flat. The first matching rule applies:
///
/// 1. a loss is not finite: divergence;
/// 2. the training loss ends above 95 % of what it was before training: bad configuration;
/// 3. the validation loss never got below 95 % of what it was before training: suspicious data;
/// 4. by the trends of both losses:
///
/// | training | validation falls | is flat | rises |
/// |---|---|---|---|
/// | falls | still learning | overfitting, if above the training loss; else still learning | overfitting |
/// | is flat | suspicious data, if ten times as much as the training loss; else still learning | converged | overfitting |
/// | rises | suspicious data | bad configuration | bad configuration |
///
/// Without a validation set: falling is still learning, flat is converged, rising is bad configuration. The test set is not
/// used, because a diagnosis leads to changes of the configuration.
package enum Diagnosis: String, CaseIterable, Hashable, Sendable {
  case stillLearning = "still_learning"
  case overfitting
  case converged
  case suspiciousData = "suspicious_data"
  case badConfiguration = "bad_configuration"
  case divergence

  /// Condition of the diagnosis.
  package var rule: String {
    switch self {
    case .stillLearning:
      "training and validation loss still fall"
    case .overfitting:
      "the validation loss rises, or is flat and above a falling training loss"
    case .converged: "both losses are flat"
    case .suspiciousData:
      "the validation loss never fell 5 % below its start, or falls while the training loss does not"
    case .badConfiguration:
      "the training loss did not fall 5 % below its start, or rises"
    case .divergence: "a loss is infinite or NaN"
    }
  }

  /// What to check or change first.
  package var advice: String {
    switch self {
    case .stillLearning: "train for more epochs"
    case .overfitting: "use early stopping, regularization, a smaller network or more data"
    case .converged: "training is finished; a schedule may improve the result further"
    case .suspiciousData:
      "check the labels, and whether training and validation data have the same distribution; regularization, dropout and a decaying learning rate can also cause this"
    case .badConfiguration:
      "check the learning rate, the scale of the inputs, the initialization and the layers"
    case .divergence: "use a smaller learning rate or gradient clipping"
    }
  }

  /// Recent trend of a loss.
  private enum Trend { case falls, flat, rises }

  private static let window = 3
  private static let tolerance = 0.02
  private static let leastGain = 0.05

  /// - Returns: `nil` for a trial without training, or with fewer than two epochs.
  package init?(of trial: TrialRecord) {
    if trial.curve(.trainLoss) != nil, trial.status.divergedStep != nil {
      self = .divergence
      return
    }
    guard let training = trial.curve(.trainLoss)?.values else { return nil }
    self.init(training: training, validation: trial.curve(.validationLoss)?.values)
  }

  /// - Parameters:
  ///   - training: Mean training loss before training and after each epoch.
  ///   - validation: Mean validation loss, as many values; `nil` without a validation set.
  package init?(training: [Double], validation: [Double]?) {
    guard (training + (validation ?? [])).allSatisfy(\.isFinite) else {
      self = .divergence
      return
    }
    guard training.count >= Self.window, let first = training.first, let last = training.last,
      let recent = Self.recent(training), let change = Self.change(over: recent)
    else { return nil }
    let bar = 1 - Self.leastGain
    guard last <= bar * first else {
      self = .badConfiguration
      return
    }
    guard let validation, let before = validation.first, let held = Self.recent(validation),
      let heldChange = Self.change(over: held)
    else {
      self =
        switch Self.trend(change, scale: mean(of: recent)) {
        case .falls: .stillLearning
        case .flat: .converged
        case .rises: .badConfiguration
        }
      return
    }
    guard validation.dropFirst().contains(where: { $0 <= bar * before }) else {
      self = .suspiciousData
      return
    }
    let scale = max(mean(of: recent), mean(of: held))
    self =
      switch (Self.trend(change, scale: scale), Self.trend(heldChange, scale: scale)) {
      case (.falls, .falls): .stillLearning
      case (.falls, .flat): validation[validation.count - 1] > last ? .overfitting : .stillLearning
      case (.falls, .rises), (.flat, .rises): .overfitting
      case (.flat, .flat): .converged
      case (.flat, .falls): change > heldChange / 10 ? .suspiciousData : .stillLearning
      case (.rises, .falls): .suspiciousData
      case (.rises, .flat), (.rises, .rises): .badConfiguration
      }
  }

  /// The last third of the values; `nil` if there are too few.
  private static func recent(_ values: [Double]) -> [Double]? {
    values.count < window ? nil : values.suffix(max(window, (values.count + 2) / 3))
  }

  /// Change of the least-squares line from the first value to the last.
  private static func change(over values: [Double]) -> Double? {
    slope(of: values).map { $0 * Double(values.count - 1) }
  }

  private static func trend(_ change: Double, scale: Double) -> Trend {
    change < -tolerance * scale ? .falls : change > tolerance * scale ? .rises : .flat
  }
}
