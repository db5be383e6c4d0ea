extension Dataset {
  /// Refuses data that no network can learn anything from.
  ///
  /// - Complexity: O(1) for data that vary, O(*n*) for those that do not.
  func checkContent() throws(DatasetError) {
    let first = train.features.prefix(featureCount)
    let varies = (1..<max(1, train.count)).contains { row in
      !train.features[(row * featureCount)..<((row + 1) * featureCount)].elementsEqual(first)
    }
    guard varies else { throw .constantFeatures(name: name) }
    guard train.labels.contains(where: { $0 != train.labels[0] }) else {
      throw .oneClass(name: name, label: Int(train.labels[0]))
    }
  }
}
