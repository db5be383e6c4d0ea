import Foundation
package import Parameters

/// Where a network's data come from.
package enum DatasetSource: Hashable, Sendable {
  /// A name of the catalogue.
  case catalogue(String)
  case idx(IDXSource)
  case csv(CSVSource)

  /// The name in tables: no path, so that results do not depend on where the data are.
  package var name: String {
    switch self {
    case .catalogue(let name): name
    case .idx(let source): URL(fileURLWithPath: source.folder).lastPathComponent
    case .csv(let source): URL(fileURLWithPath: source.path).lastPathComponent
    }
  }

  /// Loads the data; nothing is kept.
  ///
  /// - Parameter directory: see `DatasetCatalogue.load`; data of one's own have their place in the scenario.
  package func load(directory: String?) throws(DatasetError) -> Dataset {
    switch self {
    case .catalogue(let name): return try DatasetCatalogue.load(name, directory: directory)
    case .idx(let source):
      let loaded = try Self.folder(source.folder).load(classCount: source.classes)
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

  /// Numbers per sample, from as little of the data as possible.
  package func featureCount() throws(DatasetError) -> Int {
    switch self {
    case .catalogue(let name):
      guard let entry = DatasetCatalogue.entries.first(where: { $0.name == name }) else {
        throw .unknownDataset(name, known: DatasetCatalogue.entries.map(\.name))
      }
      return entry.featureCount
    case .idx(let source): return try Self.folder(source.folder).featureCount()
    case .csv(let source): return try source.featureCount()
    }
  }

  private static func folder(_ path: String) -> IDXFolder {
    IDXFolder(path: path, remedy: "a folder with the four files \(IDXFolder.files), is needed")
  }
}

/// A folder with MNIST's four IDX files.
package struct IDXSource: Parameterized {
  package static let name = "idx"
  package static let parameters: [Parameter<IDXSource>] = [
    Parameter(
      "idx", \.folder, .text("the name of a folder"),
      "folder with MNIST's four files, gzip or plain; a path is relative to the scenario's folder"
    ).required(),
    Parameter(
      "classes", \.classes, .whole(2...1_048_576), absent: "as in the data", "number of classes"),
  ]

  package var folder = ""
  /// `nil` for as many as the largest training label requires.
  package var classes: Int?

  package init() {}
}
