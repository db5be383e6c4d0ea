package import Datasets
package import Records
package import Scenarios

/// The data sets that a run needs: each is decoded once, prepared once in each way that is asked for, and shared by all trials.
package struct DatasetShelf: Sendable {
  /// Data as trials learn from them.
  struct Entry: Sendable {
    var dataset: Dataset
    /// Says which data it is before their preparation, whatever folder they came from.
    var digest: String
  }

  private struct Key: Hashable {
    var source: DatasetSource
    var preparation: DataPreparation
  }

  private let entries: [Key: Entry]
  /// As decoded: counts and digests of data sets of the catalogue.
  private let found: [String: (digest: String, counts: ForeignData)]
  /// Signs that files are not what was meant.
  package let warnings: [String]

  /// Loads and prepares what `scenarios` need.
  ///
  /// - Parameters:
  ///   - directory: see `DatasetCatalogue.load`.
  ///   - load: decodes a data set.
  package init(
    for scenarios: [Scenario], directory: String?,
    load: (DatasetSource, String?) throws(DatasetError) -> Dataset = {
      (source, directory) throws(DatasetError) in
      try source.load(directory: directory)
    }
  ) throws(DatasetError) {
    var entries: [Key: Entry] = [:]
    var found: [String: (digest: String, counts: ForeignData)] = [:]
    var warnings: [String] = []
    let placed = scenarios.flatMap { scenario in
      scenario.problems.compactMap(\.network).map { task in
        (
          task: task,
          place: { (error: DatasetError) -> String in
            let line = error.keys.lazy.compactMap { task.keyLines[$0] }.first ?? task.line
            return line.map { "\(scenario.path):\($0)" } ?? scenario.path
          }
        )
      }
    }
    // Source by source, so that a decoded set that no trial takes as it is goes before the next comes.
    var seen: Set<DatasetSource> = []
    for (task, place) in placed where seen.insert(task.dataset).inserted {
      let source = task.dataset
      let decoded = try Self.placing(at: place) { () throws(DatasetError) in
        try load(source, directory)
      }
      let plain = Self.digest(of: decoded, isExact: false)
      let digest = Self.digest(of: decoded, isExact: true)
      warnings += decoded.warnings.filter { !warnings.contains($0) }
      if case .catalogue(let name) = source {
        let counts = ForeignData(
          name: name, trainCount: decoded.train.count, testCount: decoded.test.count)
        found[name] = (digest, counts)
      }
      for (task, place) in placed where task.dataset == source {
        let key = Key(source: source, preparation: task.preparation)
        guard entries[key] == nil else { continue }
        let prepared = try Self.placing(at: place) { () throws(DatasetError) in
          try decoded.prepared(task.preparation)
        }
        entries[key] = Entry(
          dataset: prepared, digest: task.preparation.keepsNumbers(of: decoded) ? plain : digest)
      }
    }
    self.entries = entries
    self.found = found
    self.warnings = warnings
  }

  private static func placing(
    at place: (DatasetError) -> String, _ work: () throws(DatasetError) -> Dataset
  ) throws(DatasetError) -> Dataset {
    do throws(DatasetError) {
      return try work()
    } catch {
      throw error.placed(at: place(error))
    }
  }

  /// The data of a task.
  package func dataset(for task: NetworkTask) -> Dataset? { entry(for: task)?.dataset }

  func entry(for task: NetworkTask) -> Entry? {
    entries[Key(source: task.dataset, preparation: task.preparation)]
  }

  /// Data that were found under the name of a published data set and differ from it.
  ///
  /// MNIST's files and those of its successors have the same names and sizes, so a folder given for one serves for all.
  package var foreign: [ForeignData] {
    DatasetCatalogue.entries.compactMap { entry in
      guard let data = found[entry.name], let published = entry.digest, data.digest != published
      else { return nil }
      return data.counts
    }
  }

  /// Bytes of all samples.
  var byteCount: Int {
    var seen: Set<ObjectIdentifier> = []
    return entries.values.map(\.dataset).filter { seen.insert(ObjectIdentifier($0)).inserted }
      .flatMap { [$0.train, $0.validation, $0.test].compactMap(\.self) }
      .reduce(0) { $0 + MemoryLayout<Float>.stride * ($1.features.count + $1.labels.count) }
  }

  /// - Parameter isExact: Whether digits count that are lost in `Float`; they do where numbers are scaled before.
  private static func digest(of dataset: Dataset, isExact: Bool) -> String {
    let parts = [dataset.train, dataset.test].flatMap { samples -> [String] in
      let exact = isExact ? [samples.exact, samples.exactValues].compactMap(\.self) : []
      return [
        ContentDigest.hexadecimal(of: samples.features),
        ContentDigest.hexadecimal(of: samples.labels),
      ] + [samples.values].compactMap { $0.map(ContentDigest.hexadecimal) }
        + exact.map(ContentDigest.hexadecimal)
    }
    return ContentDigest.hexadecimal(of: Array(parts.joined().utf8))
  }
}

extension DataPreparation {
  /// Whether trials get the features as they are in `Float`.
  fileprivate func keepsNumbers(of dataset: Dataset) -> Bool {
    normalization == .none && !dataset.predictsValues && !dataset.hasMissing
  }
}
