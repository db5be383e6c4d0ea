import Foundation

/// Where a network's data come from.
package enum DatasetSource: Hashable, Sendable {
  /// A name of the catalogue.
  case catalogue(String)
  /// A folder with MNIST's four IDX files. `classes`: how many there are, if not as many as the largest training label says.
  case idx(folder: String, classes: Int?)
  case csv(CSVSource)

  /// What it is called in tables: no path, so that results do not depend on where data lie.
  package var name: String {
    switch self {
    case .catalogue(let name): name
    case .idx(let folder, _): URL(fileURLWithPath: folder).lastPathComponent
    case .csv(let source): URL(fileURLWithPath: source.path).lastPathComponent
    }
  }

  /// Loads the data; nothing is kept.
  ///
  /// - Parameter directory: see `DatasetCatalogue.load`; data of one's own have their place in the scenario.
  package func load(directory: String?) throws(DatasetError) -> Dataset {
    switch self {
    case .catalogue(let name): return try DatasetCatalogue.load(name, directory: directory)
    case .idx(let folder, let classes):
      let loaded = try Self.folder(folder).load(classCount: classes)
      let dataset = Dataset(
        name: name, title: name, classCount: loaded.classCount, train: loaded.train,
        test: loaded.test, storedScale: IDXFolder.largestPixel)
      try dataset.checkContent()
      return dataset
    case .csv(let source):
      let dataset = try source.load(name: name)
      try dataset.checkContent()
      return dataset
    }
  }

  /// Numbers per sample, by as little of the data as can tell.
  package func featureCount() throws(DatasetError) -> Int {
    switch self {
    case .catalogue(let name):
      guard let entry = DatasetCatalogue.entries.first(where: { $0.name == name }) else {
        throw .unknownDataset(name, known: DatasetCatalogue.entries.map(\.name))
      }
      return entry.featureCount
    case .idx(let folder, _): return try Self.folder(folder).featureCount()
    case .csv(let source): return try source.featureCount()
    }
  }

  private static func folder(_ path: String) -> IDXFolder {
    IDXFolder(path: path, remedy: "a folder with the four files \(IDXFolder.files), is needed")
  }
}
