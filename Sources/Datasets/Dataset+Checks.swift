extension Dataset {
  /// The data set itself, with notes on samples that are in both parts.
  ///
  /// - Parameter tolerance: share of the test samples that may be among the training samples without a note.
  /// - Throws: `DatasetError` for data that no network can learn anything from, or no test can be made with.
  /// - Complexity: O(*n*) in the numbers of all samples.
  func checked(tolerance: Double = 0.01) throws(DatasetError) -> Dataset {
    try checkContent()
    let own = rowDigests(self.train)
    let test = rowDigests(self.test)
    guard test.sorted() != own.sorted() else {
      throw .sameSamples(name: name, test: "\(test.count) samples")
    }
    let train = Set(own)
    let shared = test.count { train.contains($0) }
    guard Double(shared) > tolerance * Double(test.count) else { return self }
    return noting(
      "\(name): \(shared) of \(test.count) test samples are also in the training set, label included"
    )
  }

  /// Refuses data that no network can learn anything from.
  ///
  /// - Complexity: O(1) for data that vary, O(*n*) for those that do not.
  func checkContent() throws(DatasetError) {
    guard train.exact.map({ varies($0) }) ?? varies(train.features) else {
      throw .constantFeatures(name: name)
    }
    guard !predictsValues else { return }
    guard train.labels.contains(where: { $0 != train.labels[0] }) else {
      throw .oneClass(name: name, label: Int(train.labels[0]))
    }
    let classes = Set(train.labels).count
    guard !ClassNames.areTooMany(classes, samples: train.count) else {
      throw .tooManyClasses(name: name, classes: classes, samples: train.count)
    }
  }

  private func varies<Scalar: Equatable>(_ numbers: [Scalar]) -> Bool {
    let first = numbers.prefix(featureCount)
    return (1..<max(1, train.count)).contains { row in
      !numbers[(row * featureCount)..<((row + 1) * featureCount)].elementsEqual(first)
    }
  }

  private func noting(_ note: String) -> Dataset {
    Dataset(
      name: name, title: title, classCount: classCount, train: train, validation: validation,
      test: test, storedScale: storedScale, image: image, warnings: warnings + [note])
  }

  /// A number for each sample with its label; different samples have the same one by chance only.
  private func rowDigests(_ samples: Samples) -> [Int] {
    let isExact = train.exact != nil || test.exact != nil
    return (0..<samples.count).map { row in
      var hasher = Hasher()
      let range = row * featureCount..<(row + 1) * featureCount
      if !isExact {
        samples.features[range].withUnsafeBytes { hasher.combine(bytes: $0) }
      } else if let exact = samples.exact {
        for number in exact[range] { hasher.combine(number.isNaN ? .infinity : number) }
      } else {
        for number in samples.features[range] { hasher.combine(Double(number)) }
      }
      hasher.combine(samples.labels[row])
      hasher.combine(samples.exactValues?[row] ?? samples.values.map { Double($0[row]) })
      return hasher.finalize()
    }
  }
}
