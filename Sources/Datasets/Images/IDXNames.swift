import Foundation

/// The files of a folder that are an IDX data set, by the names that MNIST, EMNIST and QMNIST give them.
///
/// `[PREFIX-]{train|t10k|test}-{images-idx3|labels-idx1}-ubyte`, with dots for hyphens or not, gzip or plain; QMNIST's labels
/// are `labels-idx2-int`.
struct IDXNames {
  enum Part: String, CaseIterable {
    case trainImages = "train-images-idx3-ubyte"
    case trainLabels = "train-labels-idx1-ubyte"
    case testImages = "t10k-images-idx3-ubyte"
    case testLabels = "t10k-labels-idx1-ubyte"
  }

  let folder: String
  private let remedy: String
  /// Paths of the parts of the one set that is meant.
  private let places: [Part: String]
  /// What is in the folder, for the message where a part is missing.
  private let contents: [String]

  /// A file of the folder whose name is that of a part.
  private struct Found {
    var prefix: String
    var part: Part
    var path: String
    /// Plain files before compressed ones, `t10k` before `test`, and files before folders.
    var order: Int
  }

  /// - Parameter prefix: of the set's files, where a folder has several sets.
  /// - Throws: `DatasetError` if there are several sets and no prefix distinguishes them.
  init(folder: String, prefix: String?, remedy: String) throws(DatasetError) {
    self.folder = folder
    self.remedy = remedy
    contents = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    let found = contents.compactMap { Self.found($0, in: folder) }
    let prefixes = Set(found.map(\.prefix)).sorted()
    let wanted = prefix.map(Self.normalized)
    if let prefix, !prefixes.contains(wanted ?? "") {
      throw .missing(
        path: "\(folder)/\(prefix)-\(Part.trainImages.rawValue)",
        remedy: prefixes.isEmpty
          ? remedy : "the folder has the sets \(prefixes.joined(separator: ", "))")
    }
    // MNIST's own names need no prefix, whatever is beside them.
    guard
      let chosen = wanted ?? (prefixes.contains("") || prefixes.count < 2 ? prefixes.first : nil)
    else {
      guard prefixes.isEmpty else {
        throw .severalSets(path: folder, prefixes: prefixes)
      }
      places = [:]
      return
    }
    let own = found.filter { $0.prefix == chosen }.sorted { $0.order < $1.order }
    places = Dictionary(own.map { ($0.part, $0.path) }, uniquingKeysWith: { first, _ in first })
  }

  func path(of part: Part) throws(DatasetError) -> String {
    if let path = places[part] { return path }
    let shown = contents.prefix(8).joined(separator: ", ") + (contents.count > 8 ? ", …" : "")
    throw .missing(
      path: "\(folder)/\(part.rawValue).gz",
      remedy: contents.isEmpty ? remedy : "\(remedy); the folder has \(shown)")
  }

  private static func normalized(_ name: String) -> String {
    name.lowercased().replacing(".", with: "-").replacing("_", with: "-")
  }

  private static func found(_ name: String, in folder: String) -> Found? {
    var words = normalized(name).split(separator: "-", omittingEmptySubsequences: false)
      .map(String.init)
    let isCompressed = words.last == "gz"
    if isCompressed { words.removeLast() }
    // The format is left out at times.
    if words.count >= 2, words[words.count - 2].hasPrefix("idx") { words.removeLast(2) }
    guard words.count >= 2, let kind = words.popLast(), ["images", "labels"].contains(kind),
      let split = words.popLast(), ["train", "t10k", "test"].contains(split)
    else { return nil }
    let isTraining = split == "train"
    let part: Part =
      kind == "images"
      ? isTraining ? .trainImages : .testImages : isTraining ? .trainLabels : .testLabels
    var path = "\(folder)/\(name)"
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue, FileManager.default.fileExists(atPath: "\(path)/\(name)") {
      // Some archives unpack each file into a folder of its name.
      path += "/\(name)"
    }
    let order = (isFolder.boolValue ? 4 : 0) + (split == "test" ? 2 : 0) + (isCompressed ? 1 : 0)
    return Found(prefix: words.joined(separator: "-"), part: part, path: path, order: order)
  }
}
