/// The rows of a table, its labels apart.
struct CSVColumns {
  let path: String
  /// Name of the column of labels.
  let label: String
  /// Of the features, in order.
  let names: [String]
  let features: [Float]
  let labels: [String]
  /// The line that each row begins in.
  let lines: [Int]

  var featureCount: Int { names.count }

  /// Signs that the table is not what was meant.
  var warnings: [String] {
    let hasUnnamed = names.contains("") || names.contains { $0.hasPrefix("Unnamed:") }
    return [
      hasUnnamed
        ? "\(path): a column has no name; if it is a row index, remove it: networks would learn from it"
        : nil,
      looksLikeData
        ? "\(path): the header looks like data; the first line must have the names of the columns and is not a sample"
        : nil,
    ].compactMap(\.self)
  }

  /// Whether the names of the features are numbers, and not the counts that programs give columns without names.
  private var looksLikeData: Bool {
    let numbers = names.compactMap { Double($0) }
    let areCounts = numbers.enumerated().allSatisfy { $1 == Double($0) || $1 == Double($0 + 1) }
    return numbers.count == names.count && !areCounts
  }

  init(_ path: String, label: String, memoryLimit: Int) throws(DatasetError) {
    let size = try FileBytes.head(path, count: 1, remedy: CSVSource.remedy).fileSize
    // A number takes two bytes of text at least, and four as a Float.
    guard 3 * size <= memoryLimit else {
      throw .tooLarge(path: path, bytes: 3 * size, limit: memoryLimit)
    }
    var table = try CSVTable(FileBytes.read(path, remedy: CSVSource.remedy), path: path)
    let columns = table.columns
    guard let place = columns.firstIndex(of: label) else {
      throw .unknownColumn(path: path, column: label, known: columns)
    }
    guard columns.count >= 2 else {
      throw .malformedTable(
        path: path, line: 1, expected: "a column of numbers beside the labels", found: "none")
    }
    var features: [Float] = []
    var labels: [String] = []
    var lines: [Int] = []
    while try table.nextRow() {
      for index in columns.indices {
        if index == place {
          labels.append(table.text(index))
        } else {
          guard let number = table.number(index) else {
            throw .malformedTable(
              path: path, line: table.line,
              expected: "\(Self.wanted(table.text(index))) in column '\(columns[index])'",
              found: "'\(table.text(index))'")
          }
          features.append(number)
        }
      }
      lines.append(table.line)
      if labels[labels.count - 1].isEmpty {
        throw .malformedTable(
          path: path, line: table.line, expected: "a label in column '\(label)'", found: "nothing")
      }
    }
    guard !labels.isEmpty else {
      throw .malformedTable(path: path, line: 2, expected: "a row", found: "none")
    }
    self.path = path
    self.label = label
    names = columns.enumerated().filter { $0.offset != place }.map(\.element)
    self.features = features
    self.labels = labels
    self.lines = lines
  }

  /// What a field should have been; one that is a number after all is too large.
  private static func wanted(_ text: String) -> String {
    Double(text)?.isFinite == true && !text.lowercased().contains("x")
      ? "a number that a 32-bit float can hold (up to 3.4e38)" : "a finite number"
  }
}
