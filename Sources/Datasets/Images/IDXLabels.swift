/// The labels of a data set in IDX files, as classes from 0.
struct IDXLabels {
  let train: [Int32]
  let test: [Int32]
  let classCount: Int
  let notes: [String]

  /// - Parameter classCount: `nil` for as many as the training labels say.
  /// - Throws: `DatasetError.labelOutOfRange`.
  init(train: IDXFile, test: IDXFile, classCount: Int?) throws(DatasetError) {
    var (own, other) = (Self.labels(train), Self.labels(test))
    let highest = Int(own.max() ?? 0)
    // EMNIST's letters are 1 to 26.
    let beginsAtOne =
      own.min() == 1 && (other.min() ?? 1) >= 1 && (classCount == nil || classCount == highest)
    if beginsAtOne {
      own = own.map { $0 - 1 }
      other = other.map { $0 - 1 }
    }
    let classes = classCount ?? (beginsAtOne ? highest : highest + 1)
    notes =
      beginsAtOne
      ? ["\(train.path): labels begin at 1: label 1 is class 0, and there are \(classes) classes"]
      : []
    for (file, labels) in [(train, own), (test, other)] {
      if let sample = labels.firstIndex(where: { $0 < 0 || Int($0) >= classes }) {
        throw .labelOutOfRange(
          path: file.path, sample: sample, label: Int(labels[sample]) + (beginsAtOne ? 1 : 0),
          classCount: classes)
      }
    }
    self.train = own
    self.test = other
    self.classCount = classes
  }

  /// The first number of each entry, which is the class.
  private static func labels(_ file: IDXFile) -> [Int32] {
    let width = file.header.width
    let stride = file.stride * width
    return (0..<file.dimensions[0]).map { sample in
      let begin = file.header.length + sample * stride
      let bits = file.bytes[begin..<begin + width].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return Int32(bitPattern: bits)
    }
  }
}
