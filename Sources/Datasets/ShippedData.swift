/// Data sets that come with the package: files, or a recipe.
enum ShippedData {
  /// Share of a table's rows that are held out.
  private static let testShare = 0.2

  /// - Throws: `DatasetError` if a file is missing or damaged.
  static func load(_ entry: DatasetCatalogue.Entry) throws(DatasetError) -> Dataset {
    switch entry.name {
    case "mnist-1d": return dataset(entry, MNIST1D.load(), storedScale: nil)
    case "breast-cancer": return try table(entry, label: "diagnosis", task: .classification)
    case "diabetes": return try table(entry, label: "progression", task: .regression)
    default:
      return dataset(entry, try Digits.load(), storedScale: Float(Digits.largestPixel))
    }
  }

  private static func dataset(
    _ entry: DatasetCatalogue.Entry, _ parts: (train: Samples, test: Samples), storedScale: Float?
  ) -> Dataset {
    Dataset(
      name: entry.name, title: entry.title, classCount: entry.classCount, train: parts.train,
      test: parts.test, storedScale: storedScale, image: entry.form.image)
  }

  /// The table `NAME.csv`; a fixed choice of its rows is the test set.
  private static func table(
    _ entry: DatasetCatalogue.Entry, label: String, task: CSVSource.Task
  ) throws(DatasetError) -> Dataset {
    let file = "\(entry.name).csv"
    var source = CSVSource(path: file, label: label)
    source.task = task
    source.test = .held(.share(testShare))
    return try source.load(
      bytes: ResourceFile.read(file), name: entry.name, title: entry.title)
  }
}
