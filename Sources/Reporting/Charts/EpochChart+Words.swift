import Records

/// A metric by epoch, in the words of its chart.
extension Metric {
  /// What the chart shows, in its title.
  var epochHeadline: String {
    switch self {
    case .testAccuracy: "accuracy on unseen data"
    case .trainAccuracy: "accuracy on the training data"
    case .trainLoss: "loss on the training data"
    case .testLoss: "loss on unseen data"
    case .validationLoss: "loss on the validation data"
    case .validationAccuracy: "accuracy on the validation data"
    case .trainR2: "variance explained on the training data"
    case .testR2: "variance explained on unseen data"
    case .validationR2: "variance explained on the validation data"
    case .loss, .gradientNorm, .learningRate, .momentum: summary
    }
  }

  /// Of its vertical axis.
  var epochQuantity: String {
    switch self {
    case .testAccuracy: "test accuracy (%)"
    case .trainAccuracy: "training accuracy (%)"
    case .trainLoss: "mean training loss"
    case .testLoss: "mean test loss"
    case .validationLoss: "mean validation loss"
    case .validationAccuracy: "validation accuracy (%)"
    case .trainR2: "training R² (%)"
    case .testR2: "test R² (%)"
    case .validationR2: "validation R² (%)"
    case .loss, .gradientNorm, .learningRate, .momentum: rawValue
    }
  }
}
