/// Labeled samples, split into those to train on, those to choose by and those to test.
package final class Dataset: Sendable {
  /// The name in the catalogue, as scenarios write it, or that of the file or folder.
  package let name: String
  package let title: String
  /// Numbers per sample.
  package let featureCount: Int
  /// 1 where numbers are predicted.
  package let classCount: Int
  /// Channels, height and width where the files say them; `nil` for what follows from `featureCount`.
  package let image: ImageSize?
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
    test: Samples, storedScale: Float? = nil, image: ImageSize? = nil, warnings: [String] = []
  ) {
    precondition(train.featureCount == test.featureCount, "all splits have the same features")
    for samples in [train, validation, test].compactMap(\.self) {
      precondition(samples.count > 0, "a data set is never empty")
      precondition(samples.featureCount == train.featureCount, "all splits have the same features")
      precondition(
        (samples.values == nil) == (train.values == nil), "all splits have numbers, or none")
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
    self.image = image
  }

  /// Whether a value of some sample is missing.
  package var hasMissing: Bool {
    [train, test].contains { $0.exact?.contains(where: \.isNaN) ?? false }
  }

  /// Whether a number is predicted for each sample, instead of a class.
  package var predictsValues: Bool { train.values != nil }
}
