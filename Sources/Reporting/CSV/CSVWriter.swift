/// A file of rows as in RFC 4180, except that lines end in LF.
///
/// Fields with a comma, a quote or a line break are quoted, quotes doubled; UTF-8 without a byte order mark.
/// RFC 4180 wants CRLF, but its readers (pandas, R, spreadsheets, SQLite, gnuplot) all take LF, as does the
/// W3C's model of CSV on the Web; while to awk, cut, sort, grep and git a CR would be part of the last field.
final class CSVWriter {
  private let file: WholeFile
  private var rows = CSVRows()
  private static let capacity = 1 << 16

  init(path: String, columns: [String]) throws(ReportError) {
    file = try WholeFile(path: path)
    try row(columns.map { .text($0) })
  }

  func row(_ fields: [CSVField]) throws(ReportError) {
    rows.append(fields)
    if rows.bytes.count >= Self.capacity { try flush() }
  }

  /// Rows that were made elsewhere, after those that are here.
  func append(_ others: CSVRows) throws(ReportError) {
    try flush()
    try file.output.append(others.bytes)
  }

  private func flush() throws(ReportError) {
    try file.output.append(rows.bytes)
    rows.removeAll()
  }

  /// Everything is on disk, under a temporary name.
  func finish() throws(ReportError) {
    try flush()
    try file.finish()
  }

  /// Whether the name can be taken; a folder of that name cannot be replaced.
  func checkPlace() throws(ReportError) { try file.checkPlace() }

  func commit() throws(ReportError) { try file.commit() }
}
