import Randomness

extension Dataset {
  /// The data set split and scaled as `preparation` says.
  ///
  /// Which samples are chosen depends on `splitSeed` alone, and the samples of a smaller `trainSamples` are among those
  /// of a larger one.
  ///
  /// - Returns: This data set itself where nothing changes.
  /// - Throws: `DatasetError.split` if a part would be empty or there are too few samples.
  /// - Complexity: O(*n*) in the numbers of all samples.
  package func prepared(_ preparation: DataPreparation) throws(DatasetError) -> Dataset {
    let parts = try parts(preparation)
    let scaling = Scaling(preparation.normalization, train: parts.train, storedScale: storedScale)
    guard preparation.splits || !scaling.isIdentity else { return self }
    return Dataset(
      name: name, title: title, classCount: classCount, train: scaling.applied(to: parts.train),
      validation: parts.validation.map(scaling.applied), test: scaling.applied(to: test),
      storedScale: nil)
  }

  private func parts(
    _ preparation: DataPreparation
  ) throws(DatasetError) -> (train: Samples, validation: Samples?) {
    guard preparation.splits else { return (train, validation) }
    let held = preparation.validation?.count(of: train.count) ?? 0
    if let validation = preparation.validation, held < 1 || held >= train.count {
      throw .split(
        name: name,
        reason:
          "validation: \(validation) takes \(held) of \(train.count) training samples; both parts need at least one"
      )
    }
    let used = preparation.trainSamples ?? train.count - held
    guard (1...(train.count - held)).contains(used) else {
      throw .split(
        name: name,
        reason:
          "train_samples: \(used) does not fit: \(train.count - held) samples are left to train on")
    }
    let order = SampleSplit.order(
      count: train.count, seed: preparation.splitSeed, part: .validation)
    // In the order of the data set again, so that memory is read in its order.
    let trained = order[held..<held + used].sorted()
    return (
      train.selecting(trained), held > 0 ? train.selecting(order[..<held].sorted()) : nil
    )
  }
}

/// Which samples of a data set are held out.
enum SampleSplit {
  enum Part: Int { case validation, test }

  /// All samples at random; the first ones are held out.
  static func order(count: Int, seed: Int, part: Part) -> [Int] {
    var generator = RandomKey(
      masterSeed: UInt64(bitPattern: Int64(seed)), purpose: .dataSplit, step: part.rawValue
    ).generator()
    return generator.permutation(of: count)
  }
}

/// (x − center)·factor for each feature.
private struct Scaling {
  /// One per feature, or one for all of them.
  private var centers: [Double] = [0]
  private var factors: [Double] = [1]
  private var rounds = false

  var isIdentity: Bool { centers == [0] && factors == [1] && !rounds }

  init(_ normalization: Normalization, train: Samples, storedScale: Float?) {
    switch normalization {
    case .none:
      guard let storedScale else { return }
      factors = [Double(storedScale)]
      // Stored were whole numbers; dividing and multiplying in Float may miss them by a rounding.
      rounds = true
    case .unit:
      guard storedScale == nil else { return }
      let ranges = Self.ranges(of: train)
      centers = ranges.map { Double($0.lowerBound) }
      factors = ranges.map { range in
        let width = Double(range.upperBound) - Double(range.lowerBound)
        return width > 0 ? 1 / width : 1
      }
    case .standard:
      let ranges = Self.ranges(of: train)
      let moments = Self.moments(of: train)
      // A mean of equal numbers may be off by a rounding: a constant is centered exactly.
      centers = zip(ranges, moments).map {
        $0.lowerBound == $0.upperBound ? Double($0.lowerBound) : $1.mean
      }
      factors = zip(ranges, moments).map {
        $0.lowerBound == $0.upperBound || $1.deviation == 0 ? 1 : 1 / $1.deviation
      }
    }
  }

  func applied(to samples: Samples) -> Samples {
    guard !isIdentity else { return samples }
    let width = samples.featureCount
    let centers = centers.count == 1 ? [Double](repeating: centers[0], count: width) : centers
    let factors = factors.count == 1 ? [Double](repeating: factors[0], count: width) : factors
    let scaled = [Float](unsafeUninitializedCapacity: samples.features.count) { buffer, count in
      let features = samples.features.span
      for row in 0..<samples.count {
        for column in 0..<width {
          let index = row * width + column
          let value = (Double(features[index]) - centers[column]) * factors[column]
          buffer[index] = Float(rounds ? value.rounded() : value)
        }
      }
      count = samples.features.count
    }
    return Samples(featureCount: width, features: scaled, labels: samples.labels)
  }

  private static func ranges(of samples: Samples) -> [ClosedRange<Float>] {
    let width = samples.featureCount
    var lower = Array(samples.features.prefix(width))
    var upper = lower
    let features = samples.features.span
    for row in 1..<max(1, samples.count) {
      for column in 0..<width {
        let value = features[row * width + column]
        lower[column] = min(lower[column], value)
        upper[column] = max(upper[column], value)
      }
    }
    return zip(lower, upper).map { $0...$1 }
  }

  /// Mean and deviation of each feature; the deviations in a second pass about the mean, which loses no digits.
  private static func moments(of samples: Samples) -> [(mean: Double, deviation: Double)] {
    let width = samples.featureCount
    let features = samples.features.span
    var means = [Double](repeating: 0, count: width)
    var squares = means
    for row in 0..<samples.count {
      for column in 0..<width { means[column] += Double(features[row * width + column]) }
    }
    for column in 0..<width { means[column] /= Double(samples.count) }
    for row in 0..<samples.count {
      for column in 0..<width {
        let deviation = Double(features[row * width + column]) - means[column]
        squares[column] += deviation * deviation
      }
    }
    return zip(means, squares).map { ($0, ($1 / Double(samples.count)).squareRoot()) }
  }
}
