/// (x − center)·factor for each feature, with missing values at the mean of the training samples.
struct Scaling {
  /// One per feature, or one for all of them.
  private var centers: [Double] = [0]
  private var factors: [Double] = [1]
  private var rounds = false
  /// Of each feature over the training samples that have it; `nil` where none is missing.
  private var means: [Double]?

  var isIdentity: Bool { centers == [0] && factors == [1] && !rounds && means == nil }

  /// - Throws: `DatasetError.split` for a feature that no training sample has.
  init(
    _ normalization: Normalization, train: Samples, storedScale: Float?, name: String
  ) throws(DatasetError) {
    let statistics =
      train.exact.map { FeatureStatistics($0, width: train.featureCount) }
      ?? (normalization == .standard || (normalization == .unit && storedScale == nil)
        ? FeatureStatistics(train.features, width: train.featureCount) : nil)
    if let statistics, let missing = statistics.counts.firstIndex(of: 0) {
      throw .split(
        name: name, reason: "no training sample has a value of feature \(missing + 1)")
    }
    if let statistics, train.exact != nil { means = statistics.means }
    switch normalization {
    case .none:
      guard let storedScale else { return }
      factors = [Double(storedScale)]
      // Stored were whole numbers; dividing and multiplying in Float may miss them by a rounding.
      rounds = true
    case .unit:
      guard storedScale == nil, let statistics else { return }
      centers = statistics.lower
      factors = zip(statistics.lower, statistics.upper).map { $1 > $0 ? 1 / ($1 - $0) : 1 }
    case .standard:
      guard let statistics else { return }
      centers = statistics.means
      factors = statistics.deviations.map { $0 > 0 ? 1 / $0 : 1 }
    }
  }

  func applied(to samples: Samples) -> Samples {
    guard !isIdentity || samples.exact != nil else { return samples }
    let width = samples.featureCount
    let scaled =
      samples.exact.map { applied(to: $0, width: width) }
      ?? applied(to: samples.features, width: width)
    return Samples(
      featureCount: width, features: scaled, labels: samples.labels, values: samples.values)
  }

  private func applied<Scalar: BinaryFloatingPoint>(to numbers: [Scalar], width: Int) -> [Float] {
    let centers = centers.count == 1 ? [Double](repeating: centers[0], count: width) : centers
    let factors = factors.count == 1 ? [Double](repeating: factors[0], count: width) : factors
    return [Float](unsafeUninitializedCapacity: numbers.count) { buffer, count in
      let numbers = numbers.span
      for row in 0..<(width > 0 ? numbers.count / width : 0) {
        for column in 0..<width {
          let index = row * width + column
          var number = Double(numbers[index])
          if let means, number.isNaN { number = means[column] }
          let value = (number - centers[column]) * factors[column]
          buffer[index] = Float(rounds ? value.rounded() : value)
        }
      }
      count = numbers.count
    }
  }
}

/// (y − mean)/deviation of the numbers to predict, or the numbers as they are.
struct ValueScaling {
  private let center: Double
  private let factor: Double

  /// - Returns: `nil` where there are classes.
  /// - Throws: `DatasetError.split` for a part whose numbers are all the same: there is nothing to explain.
  init?(
    _ scale: LabelScale, name: String, train: Samples, validation: Samples?, test: Samples
  ) throws(DatasetError) {
    guard train.values != nil else { return nil }
    for (part, samples) in [("training", train), ("validation", validation), ("test", test)] {
      guard let samples, let statistics = Self.statistics(samples) else { continue }
      guard statistics.upper[0] > statistics.lower[0] else {
        throw .split(
          name: name, reason: "all \(samples.count) \(part) samples have the same value to predict")
      }
    }
    let statistics = Self.statistics(train)
    let isStandard = scale == .standard
    center = isStandard ? statistics?.means[0] ?? 0 : 0
    factor = isStandard ? statistics.map { 1 / $0.deviations[0] } ?? 1 : 1
  }

  private static func statistics(_ samples: Samples) -> FeatureStatistics? {
    samples.exactValues.map { FeatureStatistics($0, width: 1) }
      ?? samples.values.map { FeatureStatistics($0, width: 1) }
  }

  /// - Parameter source: the samples as they were read.
  func applied(to samples: Samples, of source: Samples) -> Samples {
    let numbers = source.exactValues ?? source.values.map { $0.map { Double($0) } }
    return Samples(
      featureCount: samples.featureCount, features: samples.features, labels: samples.labels,
      values: numbers.map { $0.map { Float(($0 - center) * factor) } })
  }
}
