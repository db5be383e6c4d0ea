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
    package let form: DataForm
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

    package var featureCount: Int { form.featureCount }
    package var classCount: Int { form.classCount }
  }

  package static let entries: [Entry] = [
    Entry(
      name: "digits", title: "Digits 8×8",
      summary: "handwritten digits, small enough to ship with the package",
      source: "E. Alpaydin and C. Kaynak 1998, Optical Recognition of Handwritten Digits, UCI",
      licence: "CC BY 4.0", form: images(8, 8), trainCount: Digits.trainCount,
      testCount: Digits.testCount, defaultDirectory: nil, isEmbedded: true, debianPackage: nil),
    Entry(
      name: "mnist-1d", title: "MNIST-1D",
      summary: "digits as noisy signals of 40 points, where the kind of network matters",
      source: "S. Greydanus and D. Kobak 2024, arXiv:2011.14439; made by its recipe",
      licence: "Apache 2.0",
      form: DataForm(
        featureCount: MNIST1D.length, image: ImageSize(height: 1, width: MNIST1D.length),
        classCount: MNIST1D.classCount), trainCount: MNIST1D.trainCount,
      testCount: MNIST1D.testCount, defaultDirectory: nil, isEmbedded: true, debianPackage: nil),
    Entry(
      name: "breast-cancer", title: "Breast cancer (Wisconsin)",
      summary: "30 measures of cell nuclei, malignant or benign",
      source: "W. Wolberg, O. Mangasarian, N. Street and W. Street 1995, UCI", licence: "CC BY 4.0",
      form: DataForm(featureCount: 30, classCount: 2), trainCount: 455, testCount: 114,
      defaultDirectory: nil, isEmbedded: true, debianPackage: nil),
    Entry(
      name: "diabetes", title: "Diabetes progression",
      summary: "ten measures of a patient and the progression of the disease: numbers to predict",
      source: "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani 2004, Annals of Statistics 32",
      licence: "BSD-3-Clause (scikit-learn)",
      form: DataForm(featureCount: 10, classCount: 1, predictsValues: true), trainCount: 354,
      testCount: 88, defaultDirectory: nil, isEmbedded: true, debianPackage: nil),
    Entry(
      name: "fashion-mnist", title: "Fashion-MNIST",
      summary: "photographs of clothes in ten kinds, harder than digits",
      source: "H. Xiao, K. Rasul and R. Vollgraf 2017, arXiv:1708.07747", licence: "MIT",
      form: images(28, 28), trainCount: 60_000, testCount: 10_000,
      defaultDirectory: "/usr/share/datasets/fashion-mnist", isEmbedded: false,
      debianPackage: "dataset-fashion-mnist", digest: "f483232518a32291f85afa7461a26ec8"),
    Entry(
      name: "mnist", title: "MNIST", summary: "handwritten digits; bring the four files yourself",
      source: "Y. LeCun, C. Cortes and C. Burges 1998, The MNIST database of handwritten digits",
      licence: "CC BY-SA 3.0", form: images(28, 28),
      trainCount: 60_000, testCount: 10_000, defaultDirectory: nil, isEmbedded: false,
      debianPackage: nil),
  ]

  /// Ten classes of images.
  private static func images(_ height: Int, _ width: Int) -> DataForm {
    DataForm(
      featureCount: height * width, image: ImageSize(height: height, width: width), classCount: 10)
  }

  package static func entry(named name: String) -> Entry? { entries.first { $0.name == name } }

  /// Loads a data set; 60,000 images of 28×28 pixels take under a second.
  ///
  /// - Parameter directory: A folder with MNIST's four IDX files, gzip or plain, in place of the usual one; if it has
  ///   a folder with the data set's name, that one. Ignored for a data set that ships with the package.
  package static func load(
    _ name: String, directory: String?
  ) throws(DatasetError) -> Dataset {
    guard let entry = entry(named: name) else {
      throw .unknownDataset(name, known: entries.map(\.name))
    }
    if entry.isEmbedded { return try ShippedData.load(entry) }
    let loaded = try loadFiles(of: entry, directory: directory)
    let dataset = Dataset(
      name: entry.name, title: entry.title, classCount: entry.classCount, train: loaded.train,
      test: loaded.test, storedScale: IDXFolder.largestPixel, image: loaded.image)
    try dataset.checkContent()
    return dataset
  }

  private static func loadFiles(
    of entry: Entry, directory: String?
  ) throws(DatasetError) -> IDXFolder.Content {
    do throws(DatasetError) {
      return try folder(of: entry, directory: directory).load(classCount: entry.classCount)
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
