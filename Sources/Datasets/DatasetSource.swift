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

  /// Whether a number is predicted for each sample, instead of a class.
  package var predictsValues: Bool {
    switch self {
    case .catalogue(let name): DatasetCatalogue.entry(named: name)?.form.predictsValues ?? false
    case .idx: false
    case .csv(let source): source.predictsValues
    }
  }

  /// Loads the data; nothing is kept.
  ///
  /// - Parameter directory: see `DatasetCatalogue.load`; data of one's own have their place in the scenario.
  package func load(directory: String?) throws(DatasetError) -> Dataset {
    switch self {
    case .catalogue(let name): return try DatasetCatalogue.load(name, directory: directory)
    case .idx(let source):
      let loaded = try source.content.load(classCount: source.classes)
      let dataset = Dataset(
        name: name, title: name, classCount: loaded.classCount, train: loaded.train,
        test: loaded.test, storedScale: IDXFolder.largestPixel, image: loaded.image,
        warnings: loaded.notes)
      return try dataset.checked()
    case .csv(let source):
      // Rows of a small table occur twice by chance; of two tables they should not.
      let tolerance = if case .held = source.test { 0.1 } else { 0.01 }
      return try source.load(name: name).checked(tolerance: tolerance)
    }
  }

  /// What the data give a network, from as little of them as possible.
  package func form() throws(DatasetError) -> DataForm {
    switch self {
    case .catalogue(let name):
      guard let entry = DatasetCatalogue.entry(named: name) else {
        throw .unknownDataset(name, known: DatasetCatalogue.entries.map(\.name))
      }
      return entry.form
    case .idx(let source):
      let size = try source.content.size()
      return DataForm(
        featureCount: size.featureCount, image: size.image, classCount: source.classes ?? 0)
    // How many inputs words need is only known from all of them.
    case .csv(let source): return try source.load(name: name).form
    }
  }
}

/// A folder with a data set in four IDX files.
package struct IDXSource: Parameterized {
  package static let name = "idx"
  package static let parameters: [Parameter<IDXSource>] = [
    Parameter(
      "idx", \.folder, .text("the name of a folder"),
      "folder with MNIST's four files, gzip or plain; a path is relative to the scenario's folder"
    ).required(),
    Parameter(
      "classes", \.classes, .whole(2...1_048_576), absent: "as in the data", "number of classes"),
    Parameter(
      "prefix", \.prefix, .text("what precedes -train-images in a file's name"), absent: "none",
      "data set of a folder with several, such as emnist-letters"),
  ]

  package var folder = ""
  /// `nil` for as many as the training labels require.
  package var classes: Int?
  /// Of the files' names, where the folder has several sets.
  package var prefix: String?

  package init() {}

  fileprivate var content: IDXFolder {
    IDXFolder(
      path: folder, prefix: prefix,
      remedy: "a folder with the four files \(IDXFolder.files), is needed")
  }
}
