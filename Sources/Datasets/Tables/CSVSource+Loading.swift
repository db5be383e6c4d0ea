extension CSVSource {
  /// - Throws: `DatasetError` naming file and line of whatever is no number, or no known class.
  package func load(
    name: String, memoryLimit: Int = MemoryLimit.bytes
  ) throws(DatasetError) -> Dataset {
    let main = try CSVColumns(path, source: self, memoryLimit: memoryLimit)
    let classes = predictsValues ? nil : try ClassNames(main, count: classes)
    let all = try samples(main, classes)
    let notes = main.notes + (classes?.notes ?? [])
    guard case .file(let testPath) = test else { return try held(all, classes, name, notes) }
    let other = try CSVColumns(testPath, source: self, like: main, memoryLimit: memoryLimit)
    return Dataset(
      name: name, title: name, classCount: classes?.count ?? 1, train: all,
      test: try samples(other, classes), warnings: notes)
  }

  /// A table that ships with the package, from its bytes.
  func load(
    bytes: [UInt8], name: String, title: String
  ) throws(DatasetError) -> Dataset {
    let main = try CSVColumns(bytes, path: path, source: self, memoryLimit: .max)
    let classes = predictsValues ? nil : try ClassNames(main, count: classes)
    let loaded = try held(try samples(main, classes), classes, name, [])
    return Dataset(
      name: name, title: title, classCount: loaded.classCount, train: loaded.train,
      test: loaded.test)
  }

  private func samples(
    _ columns: CSVColumns, _ classes: ClassNames?
  ) throws(DatasetError) -> Samples {
    let labels =
      try classes?.numbers(columns) ?? [Int32](repeating: 0, count: columns.count)
    return Samples(
      featureCount: columns.featureCount, exact: columns.features, labels: labels,
      values: classes == nil ? columns.values : nil)
  }

  /// Rows held out at random.
  private func held(
    _ all: Samples, _ classes: ClassNames?, _ name: String, _ notes: [String]
  ) throws(DatasetError) -> Dataset {
    guard case .held(let amount) = test else {
      preconditionFailure("a test table was read already")
    }
    let held = amount.count(of: all.count)
    guard held >= 1, held < all.count else {
      throw .split(
        name: name,
        reason: "test: \(amount) takes \(held) of \(all.count) rows; both parts need at least one")
    }
    let order = SampleSplit.order(count: all.count, seed: splitSeed, part: .test)
    return Dataset(
      name: name, title: name, classCount: classes?.count ?? 1,
      train: all.selecting(order[held...].sorted()),
      test: all.selecting(order[..<held].sorted()), warnings: notes)
  }
}
