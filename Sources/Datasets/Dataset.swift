/// Labeled samples, split into those to train on, those to choose by and those to test.
package final class Dataset: Sendable {
  /// The name in the catalogue, as scenarios write it, or that of the file or folder.
  package let name: String
  package let title: String
  /// Numbers per sample.
  package let featureCount: Int
  package let classCount: Int
  package let train: Samples
  /// Samples that choices are made by, such as when to stop; never trained on.
  package let validation: Samples?
  /// Never trained on, and no choice is made by them.
  package let test: Samples
  /// The divisor that scaled stored values to [0, 1], as for pixels; `nil` for values as stored.
  package let storedScale: Float?
  /// Signs that the files are not what was meant.
  package let warnings: [String]

  /// All splits have at least one sample, the same features and labels below `classCount`.
  package init(
    name: String, title: String, classCount: Int, train: Samples, validation: Samples? = nil,
    test: Samples, storedScale: Float? = nil, warnings: [String] = []
  ) {
    precondition(train.featureCount == test.featureCount, "all splits have the same features")
    for samples in [train, validation, test].compactMap(\.self) {
      precondition(samples.count > 0, "a data set is never empty")
      precondition(samples.featureCount == train.featureCount, "all splits have the same features")
      precondition(
        samples.labels.allSatisfy { (0..<Int32(classCount)).contains($0) },
        "labels are 0..<\(classCount)")
    }
    self.name = name
    self.title = title
    self.featureCount = train.featureCount
    self.classCount = classCount
    self.train = train
    self.validation = validation
    self.test = test
    self.storedScale = storedScale
    self.warnings = warnings
  }
}

/// Samples in memory.
package struct Samples: Sendable {
  package let count: Int
  package let featureCount: Int
  /// Row-major, `count`×`featureCount`.
  package let features: [Float]
  /// The class of each sample, from 0.
  package let labels: [Int32]

  package init(featureCount: Int, features: [Float], labels: [Int32]) {
    precondition(features.count == labels.count * featureCount, "one row of features per label")
    count = labels.count
    self.featureCount = featureCount
    self.features = features
    self.labels = labels
  }

  /// The samples at `indices`, copied in that order.
  func selecting(_ indices: some Collection<Int>) -> Samples {
    let width = featureCount
    let selected = [Float](unsafeUninitializedCapacity: indices.count * width) { buffer, count in
      features.withUnsafeBufferPointer { features in
        for (row, index) in indices.enumerated() {
          let source = UnsafeBufferPointer(
            rebasing: features[(index * width)..<((index + 1) * width)])
          _ = UnsafeMutableBufferPointer(rebasing: buffer[(row * width)..<((row + 1) * width)])
            .initialize(from: source)
        }
      }
      count = indices.count * width
    }
    return Samples(featureCount: width, features: selected, labels: indices.map { labels[$0] })
  }
}
