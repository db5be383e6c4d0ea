/// A quantity that is followed during a trial; raw values are the names in CSV files.
package enum Metric: String, Codable, CaseIterable, Sendable {
  /// Loss at the parameters of a step: of the surface, or of the mini-batch about to be learnt from.
  case loss
  /// Euclidean norm of the gradient at the same place.
  case gradientNorm = "gradient_norm"
  /// Mean loss over the whole training set.
  case trainLoss = "train_loss"
  /// Share of the training set that is classified rightly.
  case trainAccuracy = "train_accuracy"
  /// Mean loss over the whole validation set.
  case validationLoss = "validation_loss"
  /// Share of the validation set that is classified rightly.
  case validationAccuracy = "validation_accuracy"
  /// Mean loss over the whole test set.
  case testLoss = "test_loss"
  /// Share of the test set that is classified rightly.
  case testAccuracy = "test_accuracy"
  /// Rate of each step, where a schedule changes it.
  case learningRate = "learning_rate"
  /// Momentum, or beta1, of each step, where a schedule changes it.
  case momentum

  /// Whether larger values are the better ones.
  package var largerIsBetter: Bool {
    self == .trainAccuracy || self == .validationAccuracy || self == .testAccuracy
  }

  /// Whether it is taken once per epoch, over whole sets.
  package var isPerEpoch: Bool {
    switch self {
    case .trainLoss, .trainAccuracy, .validationLoss, .validationAccuracy, .testLoss, .testAccuracy:
      true
    case .loss, .gradientNorm, .learningRate, .momentum: false
    }
  }

  package var summary: String {
    switch self {
    case .loss: "loss at each step: of the surface, or of the mini-batch"
    case .gradientNorm:
      "Euclidean norm of the gradient at each step; gradient_norm/1-dense: of a layer's part, with 'gradient_norms: true'"
    case .trainLoss: "mean loss over the whole training set, per epoch"
    case .trainAccuracy: "share of the training set classified rightly, per epoch"
    case .validationLoss: "mean loss over the whole validation set, per epoch"
    case .validationAccuracy: "share of the validation set classified rightly, per epoch"
    case .testLoss: "mean loss over the whole test set, per epoch"
    case .testAccuracy: "share of the test set classified rightly, per epoch"
    case .learningRate: "learning rate of each step, where a schedule changes it"
    case .momentum: "momentum, or beta1, of each step, where a schedule changes it"
    }
  }
}
