import Foundation

/// The data sets that a network can learn from.
package enum DatasetCatalogue {
  /// What is known of a data set without loading it.
  package struct Entry: Hashable, Sendable {
    /// As scenarios write it.
    package let name: String
    package let title: String
    package let summary: String
    package let source: String
    package let licence: String
    /// Pixels.
    package let imageHeight: Int
    package let imageWidth: Int
    package let classCount: Int
    package let trainCount: Int
    package let testCount: Int
    /// Where its files are unless another folder is named; nil if it ships with the package or has no usual place.
    package let defaultDirectory: String?
    /// Whether it ships with the package and needs no folder.
    package let isEmbedded: Bool
    /// The Debian package that installs it, if there is one.
    package let debianPackage: String?
    /// Digest of the published data as `Experiments` takes it; nil where it is not known.
    package var digest: String?

    /// Numbers per sample.
    package var featureCount: Int { imageHeight * imageWidth }
  }

  package static let entries: [Entry] = [
    Entry(
      name: "digits", title: "Digits 8×8",
      summary: "handwritten digits, small enough to ship with the package",
      source: "E. Alpaydin and C. Kaynak 1998, Optical Recognition of Handwritten Digits, UCI",
      licence: "CC BY 4.0", imageHeight: 8, imageWidth: 8, classCount: Digits.classCount,
      trainCount: Digits.trainCount, testCount: Digits.testCount, defaultDirectory: nil,
      isEmbedded: true, debianPackage: nil),
    Entry(
      name: "fashion-mnist", title: "Fashion-MNIST",
      summary: "photographs of clothes in ten kinds, harder than digits",
      source: "H. Xiao, K. Rasul and R. Vollgraf 2017, arXiv:1708.07747", licence: "MIT",
      imageHeight: 28, imageWidth: 28, classCount: 10, trainCount: 60_000, testCount: 10_000,
      defaultDirectory: "/usr/share/datasets/fashion-mnist", isEmbedded: false,
      debianPackage: "dataset-fashion-mnist", digest: "f483232518a32291f85afa7461a26ec8"),
    Entry(
      name: "mnist", title: "MNIST", summary: "handwritten digits; bring the four files yourself",
      source: "Y. LeCun, C. Cortes and C. Burges 1998, The MNIST database of handwritten digits",
      licence: "CC BY-SA 3.0", imageHeight: 28, imageWidth: 28, classCount: 10,
      trainCount: 60_000, testCount: 10_000, defaultDirectory: nil, isEmbedded: false,
      debianPackage: nil),
  ]

  /// Loads a data set; 60,000 images of 28×28 pixels take under a second.
  ///
  /// - Parameter directory: A folder with MNIST's four IDX files, gzip or plain, in place of the usual one; if it has
  ///   a folder with the data set's name, that one. Ignored for a data set that ships with the package.
  package static func load(
    _ name: String, directory: String?
  ) throws(DatasetError) -> Dataset {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknownDataset(name, known: entries.map(\.name))
    }
    let splits =
      entry.isEmbedded ? try Digits.load() : try loadFiles(of: entry, directory: directory)
    let dataset = Dataset(
      name: entry.name, title: entry.title, classCount: entry.classCount, train: splits.train,
      test: splits.test,
      storedScale: entry.isEmbedded ? Float(Digits.largestPixel) : IDXFolder.largestPixel)
    try dataset.checkContent()
    return dataset
  }

  private static func loadFiles(
    of entry: Entry, directory: String?
  ) throws(DatasetError) -> (train: Samples, test: Samples) {
    do throws(DatasetError) {
      let loaded = try folder(of: entry, directory: directory).load(classCount: entry.classCount)
      return (loaded.train, loaded.test)
    } catch {
      if case .missing(let path, _) = error, directory == nil, let package = entry.debianPackage {
        throw .notInstalled(package: package, path: path)
      }
      throw error
    }
  }

  private static func folder(
    of entry: Entry, directory: String?
  ) throws(DatasetError) -> IDXFolder {
    let remedy =
      if directory != nil {
        "a folder with the four files \(IDXFolder.files), is needed"
      } else {
        "name a folder with the four files \(IDXFolder.files), with --data-dir or BENCH_DATA_DIR"
      }
    guard let base = directory ?? entry.defaultDirectory else {
      throw .missing(path: entry.name, remedy: remedy)
    }
    let own = base + "/" + entry.name
    return IDXFolder(
      path: FileManager.default.fileExists(atPath: own) ? own : base, remedy: remedy)
  }
}
