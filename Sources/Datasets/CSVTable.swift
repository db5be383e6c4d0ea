import Text

/// Reads a table with a header line row by row, with errors that name the file.
struct CSVTable {
  let path: String
  /// What the header line says.
  let columns: [String]
  private var reader: CSVReader

  /// Where the current row begins; lines count from 1.
  var line: Int { reader.line }

  init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    guard !Gzip.isGzip(bytes) else {
      throw .malformedTable(
        path: path, line: 1, expected: "a table as text; decompress it first", found: "gzip data")
    }
    self.path = path
    reader = CSVReader(bytes, trimsBlanks: true)
    guard try reader.nextRow(of: path) else {
      throw .malformedTable(path: path, line: 1, expected: "a header line", found: "nothing")
    }
    columns = reader.texts
    var seen: Set<String> = []
    if let twice = columns.first(where: { !seen.insert($0).inserted }) {
      throw .malformedTable(
        path: path, line: reader.line, expected: "a different name for each column",
        found: "'\(twice)' twice")
    }
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

  /// The finite number in a field of the current row; `nil` for anything else, an empty field too.
  func number(_ field: Int) -> Float? { reader.number(field) }
}

extension CSVReader {
  /// `next()` with the file named where text is no table.
  mutating func nextRow(of path: String) throws(DatasetError) -> Bool {
    do throws(CSVError) {
      return try next()
    } catch {
      let hint =
        error.found.contains(";")
        ? " (the file seems to use ';' as separator; it must be a comma)" : ""
      throw .malformedTable(
        path: path, line: error.line, expected: error.expected, found: error.found + hint)
    }
  }
}
