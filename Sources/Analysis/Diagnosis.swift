package import Records
import Statistics

/// What the training and validation losses of a trial say of it.
///
/// A loss falls or rises where the least-squares line through its last third of epochs, three values at least, changes by more than
/// 2 % of the larger of both losses' means over these epochs; otherwise it is flat. The first that holds:
///
/// 1. a loss is not finite: divergence;
/// 2. the training loss ends above 95 % of what it was before training: bad configuration;
/// 3. the validation loss never got below 95 % of what it was before training: suspicious data;
/// 4. by how both losses go:
///
/// | training | validation falls | is flat | rises |
/// |---|---|---|---|
/// | falls | still learning | overfitting, if above the training loss; else still learning | overfitting |
/// | is flat | suspicious data, if ten times as much as the training loss; else still learning | converged | overfitting |
/// | rises | suspicious data | bad configuration | bad configuration |
///
/// Without a validation set: falling is still learning, flat is converged, rising is bad configuration. The test set has
/// no say, since what is diagnosed is then changed.
package enum Diagnosis: String, CaseIterable, Hashable, Sendable {
  case stillLearning = "still_learning"
  case overfitting
  case converged
  case suspiciousData = "suspicious_data"
  case badConfiguration = "bad_configuration"
  case divergence

  /// When it is said.
  package var rule: String {
    switch self {
    case .stillLearning:
      "training and validation loss still fall"
    case .overfitting:
      "the validation loss rises, or stays flat above a training loss that falls"
    case .converged: "both losses are flat"
    case .suspiciousData:
      "the validation loss never got 5 % below its start, or falls while the training loss does not"
    case .badConfiguration:
      "the training loss did not get 5 % below its start, or rises"
    case .divergence: "a loss is not finite"
    }
  }

  /// What to look at first.
  package var advice: String {
    switch self {
    case .stillLearning: "more epochs"
    case .overfitting: "early stopping, a penalty, a smaller network or more data"
    case .converged: "done, or a schedule to get further"
    case .suspiciousData:
      "labels, and whether both sets are of one kind; with a penalty, dropout or decay it may be just that"
    case .badConfiguration:
      "the learning rate, the scale of the inputs, the initialization, the layers"
    case .divergence: "a smaller learning rate, clipping"
    }
  }

  /// How a loss went of late.
  private enum Trend { case falls, flat, rises }

  private static let window = 3
  private static let tolerance = 0.02
  private static let leastGain = 0.05

  /// - Returns: `nil` for a trial that is no training, or too short to tell: less than two epochs.
  package init?(of trial: TrialRecord) {
    if trial.curve(.trainLoss) != nil, trial.status.divergedStep != nil {
      self = .divergence
      return
    }
    guard let training = trial.curve(.trainLoss)?.values else { return nil }
    self.init(training: training, validation: trial.curve(.validationLoss)?.values)
  }

  /// - Parameters:
  ///   - training: mean loss before training and after each epoch.
  ///   - validation: the same of the validation set, where there is one; as many.
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

  /// The last third of the values; `nil` if they are too few.
  private static func recent(_ values: [Double]) -> [Double]? {
    values.count < window ? nil : values.suffix(max(window, (values.count + 2) / 3))
  }

  /// Of the least-squares line from the first value to the last.
  private static func change(over values: [Double]) -> Double? {
    slope(of: values).map { $0 * Double(values.count - 1) }
  }

  private static func trend(_ change: Double, scale: Double) -> Trend {
    change < -tolerance * scale ? .falls : change > tolerance * scale ? .rises : .flat
  }
}
