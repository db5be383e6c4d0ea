/// A CSV file as in RFC 4180, except that lines end with LF.
///
/// Fields with a comma, a quote or a line break are quoted, and quotes are doubled; UTF-8 without a byte order mark.
/// RFC 4180 requires CRLF, but pandas, R, spreadsheets, SQLite, gnuplot and the W3C's CSV on the Web accept LF, while for
/// awk, cut, sort, grep and git a CR would be part of the last field.
final class CSVWriter {
  private let file: WholeFile
  private var rows = CSVRows()
  private var flushed = 0
  private static let capacity = 1 << 16

  init(path: String, columns: [String]) throws(ReportError) {
    file = try WholeFile(path: path)
    try row(columns.map { .text($0) })
  }

  func row(_ fields: [CSVField]) throws(ReportError) {
    rows.append(fields)
    if rows.bytes.count >= Self.capacity { try flush() }
  }

  /// Appends rows that were made elsewhere.
  func append(_ others: CSVRows) throws(ReportError) {
    try flush()
    try file.output.append(others.bytes)
    flushed += others.bytes.count
  }

  /// Number of bytes so far.
  var length: Int { flushed + rows.bytes.count }

  /// Appends rows of another file.
  ///
  /// - Throws: An error if the file lacks them.
  func append(_ range: Range<Int>, of other: ReadFile) throws(ReportError) {
    try flush()
    var start = range.lowerBound
    while start < range.upperBound {
      guard let part = other.bytes(start..<min(start + 1 << 20, range.upperBound)) else {
        throw .cannotRead(path: file.path, reason: "it was cut off while it was read")
      }
      try file.output.append(part)
      start += part.count
    }
    flushed += range.count
  }

  private func flush() throws(ReportError) {
    try file.output.append(rows.bytes)
    flushed += rows.bytes.count
    rows.removeAll()
  }

  /// Writes everything to disk, under a temporary name.
  func finish() throws(ReportError) {
    try flush()
    try file.finish()
  }

  /// Checks that the name can be used; a folder with that name cannot be replaced.
  func checkPlace() throws(ReportError) { try file.checkPlace() }

  /// Puts the file in its place. A table that did not change stays as it is, with its date.
  ///
  /// - Returns: The identity of the file that has these rows; `nil` if another process replaced or removed it just now.
  @discardableResult
  func commit() throws(ReportError) -> FileIdentity? {
    let present = FileIdentity(at: file.path)
    guard !file.isThere else { return present }
    let identity = file.identity
    try file.commit()
    return identity
  }
}
