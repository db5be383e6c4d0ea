import Text

/// Reads a table row by row, with errors that name the file.
struct CSVTable {
  let path: String
  /// Names of the columns: those of the header line, or numbers from 1. One without a name is `Unnamed: N`, N from 0.
  private(set) var columns: [String]
  private var reader: CSVReader
  private let decimal: DecimalMark

  /// Where the current row begins; lines count from 1.
  var line: Int { reader.line }

  init(_ bytes: [UInt8], source: CSVSource, path: String) throws(DatasetError) {
    try TableEncoding.check(bytes, path: path)
    self.path = path
    decimal = source.decimal
    let separator: CSVSeparator
    if let given = source.separator?.separator {
      separator = given
    } else {
      separator = try CSVFormat.separator(of: bytes, decimal: source.decimal, path: path)
    }
    reader = CSVReader(
      bytes, trimsBlanks: true, separator: separator, hasDecimalComma: source.decimal == .comma)
    var ahead = reader
    guard try ahead.nextRow(of: path) else {
      throw .malformedTable(path: path, line: 1, expected: "a header line", found: "nothing")
    }
    let first = ahead.texts
    guard source.header != false else {
      columns = first.indices.map { "\($0 + 1)" }
      return
    }
    columns = TableHeader.named(first)
    if source.header == nil {
      try TableHeader.check(first, label: source.label, path: path, line: ahead.line)
    }
    reader = ahead
    // R writes no name over the names of rows.
    if try ahead.nextRow(of: path), ahead.fieldCount == columns.count + 1,
      !ahead.text(columns.count).isEmpty
    {
      columns = TableHeader.named([""] + first)
    }
    try TableHeader.checkNames(columns, path: path, line: reader.line)
  }

  /// - Returns: `false` at the end.
  /// - Throws: `DatasetError.malformedTable` for a row with another number of fields than the header.
  mutating func nextRow() throws(DatasetError) -> Bool {
    guard try reader.nextRow(of: path) else { return false }
    guard reader.fieldCount == columns.count else {
      throw .malformedTable(
        path: path, line: line, expected: "\(columns.count) fields", found: "\(reader.fieldCount)")
    }
    return true
  }

  func text(_ field: Int) -> String { reader.text(field) }

  /// The number in a field of the current row; `nil` for anything else, an empty field too.
  func number(_ field: Int) -> Double? { reader.number(field) }

  /// What to do where a field is no number.
  func remedy(for text: String, column: String) -> String {
    let out = "leave the column out with 'without: [\(column)]' or 'columns'"
    if MissingValues.isMark(text) { return "set 'missing' to drop or mean, or \(out)" }
    if decimal == .point, text.contains(","), Double(text.replacing(",", with: ".")) != nil {
      return "set 'decimal: comma' if it is one"
    }
    if Double(text)?.isFinite == true { return out }
    return "\(out), or set 'categories: [\(column)]'"
  }
}

/// The first line of a table.
enum TableHeader {
  /// Columns without a name are called as pandas calls them.
  static func named(_ names: [String]) -> [String] {
    names.enumerated().map { $1.isEmpty ? "\(unnamed)\($0)" : $1 }
  }

  private static let unnamed = "Unnamed: "

  static func isUnnamed(_ name: String) -> Bool { name.hasPrefix(unnamed) }

  static func checkNames(_ names: [String], path: String, line: Int) throws(DatasetError) {
    var seen: Set<String> = []
    if let twice = names.first(where: { !seen.insert($0).inserted }) {
      throw .malformedTable(
        path: path, line: line,
        expected: "a different name for each column (set 'header: false' if there are no names)",
        found: "'\(twice)' twice")
    }
  }

  /// Refuses a line that looks like a sample: it would be lost without a word.
  static func check(
    _ names: [String], label: String, path: String, line: Int
  ) throws(DatasetError) {
    let numbers = names.enumerated().compactMap { place, name in
      Double(name).map { (place: Double(place), value: $0) }
    }
    guard !numbers.isEmpty else { return }
    // Programs count columns that have no names.
    let areCounts = [0.0, 1.0].contains { first in
      numbers.allSatisfy { $0.value == $0.place + first }
    }
    let namesLabel = names.contains(label) && Double(label) == nil
    guard !areCounts || (numbers.count < 3 && !namesLabel) else { return }
    let shown = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
    throw .malformedTable(
      path: path, line: line,
      expected:
        "the names of the columns (set 'header: false' if there are none, and name columns by number; 'header: true' if these are names)",
      found: "what looks like data: \(shown)")
  }
}

extension CSVReader {
  /// `next()` with the file named where text is no table.
  mutating func nextRow(of path: String) throws(DatasetError) -> Bool {
    do throws(CSVError) {
      return try next()
    } catch {
      let hint = error.expected.contains("after a quoted field") ? " (see 'separator')" : ""
      throw .malformedTable(
        path: path, line: error.line, expected: error.expected, found: error.found + hint)
    }
  }
}
