import Text

/// What is between the fields of a table, as its first lines show.
enum CSVFormat {
  /// Rows that a separator is judged by.
  private static let sampledRows = 20
  private static let sampledBytes = 1 << 18

  private static let candidates =
    [CSVSeparator.comma] + [";", "\t", "|"].map { .character(Array($0.utf8)[0]) }

  /// - Throws: `DatasetError.malformedTable` where several separators would do.
  static func separator(
    of bytes: [UInt8], decimal: DecimalMark, path: String
  ) throws(DatasetError) -> CSVSeparator {
    let head = sample(of: bytes)
    let possible = decimal == .comma ? candidates.filter { $0 != .comma } : candidates
    let first = possible.filter { (fieldCounts(head, $0, rows: 1).first ?? 0) > 1 }
    guard let only = first.first else {
      return (fieldCounts(head, .blanks, rows: 1).first ?? 0) > 1 && hasEqualRows(head, .blanks)
        ? .blanks : .comma
    }
    guard first.count > 1 else { return only }
    let fitting = first.filter { hasEqualRows(head, $0) }
    guard fitting.count > 1 else { return fitting.first ?? only }
    throw .malformedTable(
      path: path, line: 1,
      expected: "one separator (set 'separator')",
      found: "columns with " + fitting.map(\.words).joined(separator: " and with "))
  }

  /// Whole lines from the beginning.
  private static func sample(of bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > sampledBytes else { return bytes }
    let head = bytes.prefix(sampledBytes)
    return Array(head[...(head.lastIndex(of: UInt8(ascii: "\n")) ?? head.endIndex - 1)])
  }

  private static func hasEqualRows(_ head: [UInt8], _ separator: CSVSeparator) -> Bool {
    let counts = fieldCounts(head, separator, rows: sampledRows)
    return counts.allSatisfy { $0 == counts[0] }
  }

  /// Ends with a 0 at a row that cannot be read.
  private static func fieldCounts(
    _ head: [UInt8], _ separator: CSVSeparator, rows: Int
  ) -> [Int] {
    var reader = CSVReader(head, trimsBlanks: true, separator: separator)
    var counts: [Int] = []
    while counts.count < rows {
      guard let hasRow = try? reader.next() else { return counts + [0] }
      guard hasRow else { break }
      counts.append(reader.fieldCount)
    }
    return counts
  }
}
