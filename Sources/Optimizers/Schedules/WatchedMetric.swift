/// What a schedule that watches training may watch: metrics over whole sets after each epoch. The test set never decides.
public enum WatchedMetric: String, CaseIterable, Hashable, Sendable {
  case validationLoss = "validation_loss"
  case validationAccuracy = "validation_accuracy"
  case trainLoss = "train_loss"
  case trainAccuracy = "train_accuracy"

  static let names = allCases.map(\.rawValue)

  public var largerIsBetter: Bool { self == .validationAccuracy || self == .trainAccuracy }
}
