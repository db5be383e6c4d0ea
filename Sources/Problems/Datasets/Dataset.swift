/// Labelled samples, split into those to train on and those to test.
public final class Dataset: Sendable {
  /// The name in the catalogue, as scenarios write it.
  public let name: String
  public let title: String
  /// Numbers per sample.
  public let featureCount: Int
  public let classCount: Int
  public let train: Samples
  public let test: Samples

  /// Both splits have at least one sample, the same features and labels below `classCount`.
  public init(name: String, title: String, classCount: Int, train: Samples, test: Samples) {
    precondition(train.featureCount == test.featureCount, "both splits have the same features")
    for samples in [train, test] {
      precondition(samples.count > 0, "a data set is never empty")
      precondition(
        samples.labels.allSatisfy { (0..<Int32(classCount)).contains($0) },
        "labels are 0..<\(classCount)")
    }
    self.name = name
    self.title = title
    self.featureCount = train.featureCount
    self.classCount = classCount
    self.train = train
    self.test = test
  }
}

/// Samples in memory.
public struct Samples: Sendable {
  public let count: Int
  public let featureCount: Int
  /// Row-major, `count`×`featureCount`, each in [0, 1].
  public let features: [Float]
  /// The class of each sample, from 0.
  public let labels: [Int32]

  public init(featureCount: Int, features: [Float], labels: [Int32]) {
    precondition(features.count == labels.count * featureCount, "one row of features per label")
    count = labels.count
    self.featureCount = featureCount
    self.features = features
    self.labels = labels
  }
}
