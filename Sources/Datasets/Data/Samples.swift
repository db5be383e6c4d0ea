/// Samples in memory.
package struct Samples: Sendable {
  package let count: Int
  package let featureCount: Int
  /// Row-major, `count`×`featureCount`.
  package let features: [Float]
  /// The class of each sample, from 0; 0 where numbers are predicted.
  package let labels: [Int32]
  /// The number to predict of each sample, where there are no classes.
  package let values: [Float]?
  /// Mean square deviation of the numbers to predict from their mean; 0 where there are none.
  package let valueVariance: Double
  /// The features as they were read, before they are scaled; NaN where one is missing. `nil` where `Float` holds them all.
  package let exact: [Double]?
  /// The same for the numbers to predict.
  package let exactValues: [Double]?

  package init(featureCount: Int, features: [Float], labels: [Int32], values: [Float]? = nil) {
    self.init(
      featureCount: featureCount, features: features, labels: labels, values: values, exact: nil,
      exactValues: nil)
  }

  /// Samples as they were read.
  init(featureCount: Int, exact: [Double], labels: [Int32], values: [Double]?) {
    self.init(
      featureCount: featureCount, features: exact.map { Float($0) }, labels: labels,
      values: values.map { $0.map { Float($0) } }, exact: Self.rounds(exact) ? exact : nil,
      exactValues: values.flatMap { Self.rounds($0) ? $0 : nil })
  }

  private init(
    featureCount: Int, features: [Float], labels: [Int32], values: [Float]?, exact: [Double]?,
    exactValues: [Double]?
  ) {
    precondition(features.count == labels.count * featureCount, "one row of features per label")
    precondition(values.map { $0.count == labels.count } ?? true, "one number per sample")
    count = labels.count
    self.featureCount = featureCount
    self.features = features
    self.labels = labels
    self.values = values
    let deviation = values.map { FeatureStatistics($0, width: 1).deviations[0] } ?? 0
    valueVariance = deviation * deviation
    self.exact = exact
    self.exactValues = exactValues
  }

  /// Whether `Float` does not hold all numbers as they are.
  private static func rounds(_ numbers: [Double]) -> Bool {
    numbers.contains { Double(Float($0)) != $0 }
  }

  /// The samples at `indices`, copied in that order.
  func selecting(_ indices: some Collection<Int>) -> Samples {
    Samples(
      featureCount: featureCount, features: Self.rows(indices, of: features, width: featureCount),
      labels: indices.map { labels[$0] },
      values: values.map { values in indices.map { values[$0] } },
      exact: exact.map { Self.rows(indices, of: $0, width: featureCount) },
      exactValues: exactValues.map { values in indices.map { values[$0] } })
  }

  private static func rows<Scalar>(
    _ indices: some Collection<Int>, of numbers: [Scalar], width: Int
  ) -> [Scalar] {
    [Scalar](unsafeUninitializedCapacity: indices.count * width) { buffer, count in
      numbers.withUnsafeBufferPointer { numbers in
        for (row, index) in indices.enumerated() {
          let source = UnsafeBufferPointer(
            rebasing: numbers[(index * width)..<((index + 1) * width)])
          _ = UnsafeMutableBufferPointer(rebasing: buffer[(row * width)..<((row + 1) * width)])
            .initialize(from: source)
        }
      }
      count = indices.count * width
    }
  }
}
