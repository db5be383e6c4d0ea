import Records
import Statistics

/// What the training and validation losses of a trial say of it.
///
/// A loss falls or rises where the least-squares line through its last third of epochs, three values at least, changes by
/// more than a hundredth of the training loss before training; otherwise it is flat. The first that holds:
///
/// 1. a loss is not finite: divergence;
/// 2. the training loss ends above 95 % of what it was before training: bad configuration;
/// 3. the validation loss never got below 95 % of what it was before training: suspicious data;
/// 4. by how both losses go:
///
/// | training | validation falls | is flat | rises |
/// |---|---|---|---|
/// | falls | still learning | overfitting, if above the training loss; else still learning | overfitting |
/// | is flat | suspicious data | converged | overfitting |
/// | rises | suspicious data | bad configuration | bad configuration |
///
/// Without a validation set: falling is still learning, flat is converged, rising is bad configuration. The test set has
/// no say, since what is diagnosed is then changed.
public enum Diagnosis: String, CaseIterable, Hashable, Sendable {
  case stillLearning = "still_learning"
  case overfitting
  case converged
  case suspiciousData = "suspicious_data"
  case badConfiguration = "bad_configuration"
  case divergence

  /// When it is said.
  public var rule: String {
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
  public var advice: String {
    switch self {
    case .stillLearning: "more epochs"
    case .overfitting: "early stopping, a penalty, a smaller network or more data"
    case .converged: "done, or a schedule to get further"
    case .suspiciousData: "labels, and whether both sets are of one kind"
    case .badConfiguration:
      "the learning rate, the scale of the inputs, the initialization, the layers"
    case .divergence: "a smaller learning rate, clipping"
    }
  }

  /// How a loss went of late.
  enum Trend { case falls, flat, rises }

  private static let window = 3
  private static let tolerance = 0.01
  private static let leastGain = 0.05

  /// - Returns: `nil` for a trial that is no training, or too short to tell: less than two epochs.
  public init?(of trial: TrialRecord) {
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
    guard training.count >= Self.window, let scale = training.first,
      let trend = Self.trend(of: training, scale: scale), let last = training.last
    else { return nil }
    let bar = 1 - Self.leastGain
    guard last <= bar * scale else {
      self = .badConfiguration
      return
    }
    guard let validation, let before = validation.first,
      let held = Self.trend(of: validation, scale: scale)
    else {
      self =
        switch trend {
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
    self =
      switch (trend, held) {
      case (.falls, .falls): .stillLearning
      case (.falls, .flat): validation[validation.count - 1] > last ? .overfitting : .stillLearning
      case (.falls, .rises), (.flat, .rises): .overfitting
      case (.flat, .flat): .converged
      case (.flat, .falls), (.rises, .falls): .suspiciousData
      case (.rises, .flat), (.rises, .rises): .badConfiguration
      }
  }

  private static func trend(of values: [Double], scale: Double) -> Trend? {
    let recent = values.suffix(max(window, (values.count + 2) / 3))
    guard let slope = slope(of: recent) else { return nil }
    let change = slope * Double(recent.count - 1)
    return change < -tolerance * scale ? .falls : change > tolerance * scale ? .rises : .flat
  }
}
