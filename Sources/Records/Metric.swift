/// A quantity recorded during a trial; raw values are the names in CSV files.
package enum Metric: String, Codable, CaseIterable, Sendable {
  /// Loss at the parameters before a step: of the surface, or of the step's mini-batch.
  case loss
  /// Euclidean norm of the gradient at the same place.
  case gradientNorm = "gradient_norm"
  /// Mean loss over the whole training set.
  case trainLoss = "train_loss"
  /// Fraction of the training samples that are classified correctly.
  case trainAccuracy = "train_accuracy"
  /// Mean loss over the whole validation set.
  case validationLoss = "validation_loss"
  /// Fraction of the validation samples that are classified correctly.
  case validationAccuracy = "validation_accuracy"
  /// Mean loss over the whole test set.
  case testLoss = "test_loss"
  /// Fraction of the test samples that are classified correctly.
  case testAccuracy = "test_accuracy"
  /// Share of the variance of the training samples' values that is explained (R²).
  case trainR2 = "train_r2"
  /// The same over the validation set.
  case validationR2 = "validation_r2"
  /// The same over the test set.
  case testR2 = "test_r2"
  /// Learning rate of each step, where a schedule changes it.
  case learningRate = "learning_rate"
  /// Momentum, or beta1, of each step, where a schedule changes it.
  case momentum

  /// Whether larger values are better.
  package var largerIsBetter: Bool { isAccuracy || isExplained }

  /// Whether it is a share of samples that are classified correctly.
  package var isAccuracy: Bool {
    self == .trainAccuracy || self == .validationAccuracy || self == .testAccuracy
  }

  /// Whether it is R², for values to predict: at most 1; 0 for their mean, below 0 for worse.
  package var isExplained: Bool { self == .trainR2 || self == .validationR2 || self == .testR2 }

  /// Whether it is taken over the validation set.
  package var needsValidation: Bool {
    self == .validationLoss || self == .validationAccuracy || self == .validationR2
  }

  /// The same quantity over the validation set, for what is recorded over the test set; others stay as they are.
  package var onValidationSet: Metric {
    switch self {
    case .testLoss: .validationLoss
    case .testAccuracy: .validationAccuracy
    case .testR2: .validationR2
    default: self
    }
  }

  /// Whether it is computed over the test set.
  package var isOfTestSet: Bool { onValidationSet != self }

  /// The loss over the same samples, for an accuracy or R²; `nil` for others.
  package var lossOfSameSet: Metric? {
    switch self {
    case .trainAccuracy, .trainR2: .trainLoss
    case .validationAccuracy, .validationR2: .validationLoss
    case .testAccuracy, .testR2: .testLoss
    default: nil
    }
  }

  /// Whether a value says how good a run is; settings of a step do not.
  package var isResult: Bool { self != .learningRate && self != .momentum }

  /// The value, with its sign changed if larger is better, so that a lower cost is always better; its own inverse.
  package func cost(_ value: Double) -> Double { largerIsBetter ? -value : value }

  /// The value that a diverged or failed run counts as: ∞, or −∞ if larger is better.
  package var worst: Double { cost(.infinity) }

  package func isBetter(_ value: Double, than other: Double) -> Bool { cost(value) < cost(other) }

  /// Whether it is computed once per epoch, over a whole set.
  package var isPerEpoch: Bool {
    switch self {
    case .trainLoss, .trainAccuracy, .validationLoss, .validationAccuracy, .testLoss, .testAccuracy,
      .trainR2, .validationR2, .testR2:
      true
    case .loss, .gradientNorm, .learningRate, .momentum: false
    }
  }

  package var summary: String {
    switch self {
    case .loss: "surfaces: loss at each step; networks: mini-batch loss at each step"
    case .gradientNorm:
      "Euclidean norm of the gradient at each step; in networks with 'gradient_norms: true' by layer, such as gradient_norm/1-dense"
    case .trainLoss: "mean loss over the whole training set, per epoch"
    case .trainAccuracy: "fraction of training samples classified correctly, per epoch"
    case .validationLoss: "mean loss over the whole validation set, per epoch"
    case .validationAccuracy: "fraction of validation samples classified correctly, per epoch"
    case .testLoss: "mean loss over the whole test set, per epoch"
    case .testAccuracy: "fraction of test samples classified correctly, per epoch"
    case .trainR2: "share of the variance of the training values explained (R²), per epoch"
    case .validationR2: "share of the variance of the validation values explained (R²), per epoch"
    case .testR2: "share of the variance of the test values explained (R²), per epoch"
    case .learningRate: "learning rate of each step, where a schedule changes it"
    case .momentum: "momentum, or beta1, of each step, where a schedule changes it"
    }
  }
}
