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
    let scaling = try Scaling(
      preparation.normalization, train: parts.train, storedScale: storedScale, name: name)
    let values = try ValueScaling(
      preparation.labelScale, name: name, train: parts.train, validation: parts.validation,
      test: test)
    guard preparation.splits || !scaling.isIdentity || values != nil || isExact else { return self }
    func prepared(_ samples: Samples) -> Samples {
      let scaled = scaling.applied(to: samples)
      return values?.applied(to: scaled, of: samples) ?? scaled
    }
    return Dataset(
      name: name, title: title, classCount: classCount, train: prepared(parts.train),
      validation: parts.validation.map(prepared), test: prepared(test), storedScale: nil,
      image: image)
  }

  /// Whether numbers are kept with more digits than `Float` has.
  private var isExact: Bool { train.exact != nil || test.exact != nil }

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
