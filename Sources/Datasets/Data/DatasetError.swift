import Parameters
import Text

/// Why a data set could not be loaded.
package enum DatasetError: Error, Equatable, CustomStringConvertible {
  /// No data set of the catalogue has this name.
  case unknownDataset(String, known: [String])
  /// The file or folder does not exist; `remedy` says how to get it.
  case missing(path: String, remedy: String)
  /// The Debian package that has it is not installed.
  case notInstalled(package: String, path: String)
  /// It exists and cannot be read.
  case unreadable(path: String, reason: String)
  /// Compressed data that does not decompress to what its checksum promises.
  case damagedGzip(path: String, reason: String)
  /// The first four bytes are not those of the format.
  case wrongMagic(path: String, expected: UInt32, found: UInt32)
  /// The header asks for more bytes than any file has.
  case implausibleHeader(path: String, dimensions: [Int])
  /// No samples, or images without pixels.
  case empty(path: String, dimensions: [Int])
  /// Fewer bytes than the header promises.
  case truncated(path: String, expected: Int, found: Int)
  /// More bytes than the header promises.
  case trailingBytes(path: String, expected: Int, found: Int)
  /// Images and labels do not pair up.
  case countMismatch(images: String, imageCount: Int, labels: String, labelCount: Int)
  /// Training and test images differ in size; sizes as [rows, columns].
  case imageSizeMismatch(train: String, trainSize: [Int], test: String, testSize: [Int])
  case labelOutOfRange(path: String, sample: Int, label: Int, classCount: Int)
  /// A line of a table is not as it should be; lines count from 1.
  case malformedTable(path: String, line: Int, expected: String, found: String)
  /// A table has no column of this name.
  case unknownColumn(path: String, column: String, known: [String])
  /// Decoding it would take more memory than there is.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// A folder has several data sets, and nothing says which is meant.
  case severalSets(path: String, prefixes: [String])
  /// The test set is the training set.
  case sameSamples(name: String, test: String)
  /// Nearly every sample has a class of its own.
  case tooManyClasses(name: String, classes: Int, samples: Int)
  /// Every sample has the same features, so that nothing can be learned.
  case constantFeatures(name: String)
  /// Every training sample is of the same class, so that nothing can be learned.
  case oneClass(name: String, label: Int)
  /// The data set cannot be split as asked.
  case split(name: String, reason: String)
  /// The data do not suit a scenario; `place` is its file and line.
  indirect case unsuitable(place: String, DatasetError)

  /// Whether the scenario asks for what the data cannot give, rather than the files being wrong.
  private var concernsScenario: Bool {
    switch self {
    case .split, .constantFeatures, .oneClass, .unknownColumn, .severalSets, .sameSamples,
      .tooManyClasses:
      true
    default: false
    }
  }

  /// The keys of a scenario that it may be about, the likeliest first.
  package var keys: [String] {
    switch self {
    case .split(_, let reason): [String(reason.prefix { $0 != ":" }), "dataset"]
    case .unknownColumn: ["dataset"]
    case .severalSets: ["idx", "dataset"]
    case .sameSamples: ["test", "dataset"]
    case .constantFeatures, .oneClass, .tooManyClasses: ["dataset"]
    default: []
    }
  }

  /// With the place of the scenario, where the mistake may be there.
  package func placed(at place: String) -> DatasetError {
    concernsScenario ? .unsuitable(place: place, self) : self
  }

  /// Whether there is no such input or it cannot be read, rather than input with bad content.
  package var isMissing: Bool {
    switch self {
    case .unknownDataset, .missing, .notInstalled, .unreadable: true
    case .unsuitable(_, let error): error.isMissing
    default: false
    }
  }

  package var description: String { text.visible }

  private var text: String {
    switch self {
    case .unknownDataset(let name, let known):
      "unknown data set '\(name)' (there are: \(known.joined(separator: ", ")))"
    case .missing(let path, let remedy):
      "\(path): no such file or folder; \(remedy)"
    case .notInstalled(let package, let path):
      "\(path): no such file or folder; install it with 'apt-get install \(package)', or name another folder with --data-dir or BENCH_DATA_DIR"
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason)"
    case .damagedGzip(let path, let reason):
      "\(path): damaged gzip file: \(reason)"
    case .wrongMagic(let path, let expected, let found):
      "\(path): not the IDX file expected: it begins with \(hexadecimal(found)), not \(hexadecimal(expected))"
    case .implausibleHeader(let path, let dimensions):
      "\(path): implausible header: \(size(dimensions)) bytes of data"
    case .empty(let path, let dimensions):
      "\(path): holds no data: its header says \(size(dimensions))"
    case .truncated(let path, let expected, let found):
      "\(path): truncated: \(expected) bytes expected, \(found) found"
    case .trailingBytes(let path, let expected, let found):
      "\(path): longer than its header says: \(expected) bytes expected, \(found) found"
    case .countMismatch(let images, let imageCount, let labels, let labelCount):
      "\(images) holds \(imageCount) images, but \(labels) holds \(labelCount) labels"
    case .imageSizeMismatch(let train, let trainSize, let test, let testSize):
      "\(train) holds images of \(size(trainSize)) pixels, but \(test) of \(size(testSize))"
    case .labelOutOfRange(let path, let sample, let label, let classCount):
      "\(path): label \(label) of sample \(sample) is not one of 0 to \(classCount - 1)"
    case .malformedTable(let path, let line, let expected, let found):
      "\(path):\(line): \(expected) expected, found \(found)"
    case .unknownColumn(let path, let column, let known):
      "\(path):1: no column '\(column)'\(columnHint(column, known))"
    case .tooLarge(let path, let bytes, let limit):
      "\(path): too large: decoding it takes about \(gibibytes(bytes)), and this machine has \(gibibytes(limit)) of memory"
    case .severalSets(let path, let prefixes):
      "\(path): several data sets (\(prefixes.joined(separator: ", "))); set 'prefix' to one of them"
    case .sameSamples(let name, let test):
      "\(name): the test set (\(test)) has the same samples as the training set, so nothing would be tested on unseen data"
    case .tooManyClasses(let name, let classes, let samples):
      "\(name): \(classes) classes in \(samples) training samples: too few of each to learn from"
    case .constantFeatures(let name):
      "\(name): every sample has the same features, so nothing can be learned"
    case .oneClass(let name, let label):
      "\(name): every training sample is of class \(label), so nothing can be learned"
    case .split(let name, let reason):
      "\(name): \(reason)"
    case .unsuitable(let place, let error):
      "\(place): \(error.text)"
    }
  }

  private func columnHint(_ column: String, _ known: [String]) -> String {
    if known.count == 1 { return " (the only one is '\(known[0])'; see 'separator')" }
    if let name = NearestName.nearest(to: column, among: known) {
      return " (did you mean '\(name)'?)"
    }
    let more = known.count > 12 ? " and \(known.count - 12) more" : ""
    return " (there are: \(known.prefix(12).joined(separator: ", "))\(more), and numbers from 1)"
  }

  private func gibibytes(_ bytes: Int) -> String { MemoryLimit.text(bytes) }

  private func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  private func size(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: "×")
  }
}
