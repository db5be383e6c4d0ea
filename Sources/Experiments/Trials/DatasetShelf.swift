import Problems

/// The data sets that a run needs: each is decoded once and shared by all trials.
public struct DatasetShelf: Sendable {
  private let datasets: [String: Dataset]
  private let digests: [String: String]

  /// Loads what `scenarios` need.
  ///
  /// - Parameter directory: see `DatasetCatalogue.load`.
  public init(for scenarios: [Scenario], directory: String?) throws(DatasetError) {
    var datasets: [String: Dataset] = [:]
    var digests: [String: String] = [:]
    for name in scenarios.flatMap({ $0.problems.compactMap { $0.dataset } })
    where datasets[name] == nil {
      let dataset = try DatasetCatalogue.load(name, directory: directory)
      datasets[name] = dataset
      digests[name] = Self.digest(of: dataset)
    }
    self.datasets = datasets
    self.digests = digests
  }

  public subscript(name: String) -> Dataset? { datasets[name] }

  /// Says which data it is, whatever folder it came from.
  func digest(of name: String) -> String? { digests[name] }

  /// Which data a problem learns from; `nil` where it learns from none.
  func digest(of problem: Scenario.Problem) -> String? { problem.dataset.flatMap(digest(of:)) }

  /// Data sets under whose name other data were found, each with how many samples these have.
  ///
  /// MNIST's files and those of its successors have the same names and sizes, so a folder given for one serves for all.
  public var foreign: [(name: String, counts: String)] {
    DatasetCatalogue.entries.compactMap { entry in
      guard let dataset = datasets[entry.name], let published = entry.digest,
        digests[entry.name] != published
      else { return nil }
      return (entry.name, "\(dataset.train.count) + \(dataset.test.count) samples")
    }
  }

  private static func digest(of dataset: Dataset) -> String {
    let parts = [dataset.train, dataset.test].flatMap {
      [ContentDigest.hexadecimal(of: $0.features), ContentDigest.hexadecimal(of: $0.labels)]
    }
    return ContentDigest.hexadecimal(of: Array(parts.joined().utf8))
  }
}

extension Scenario.Problem {
  /// Name of the data set that it learns from.
  var dataset: String? {
    if case .network(let task) = self { task.dataset } else { nil }
  }
}
