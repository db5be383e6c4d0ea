import Records

/// A field of a CSV file.
enum CSVField {
  case empty
  case integer(Int)
  case number(Double)
  case text(String)

  static func integer(_ value: Int?) -> CSVField { value.map { .integer($0) } ?? .empty }
  static func number(_ value: Double?) -> CSVField { value.map { .number($0) } ?? .empty }
}

/// Rows as in RFC 4180, except that lines end in LF.
///
/// Fields with a comma, a quote or a line break are quoted, quotes doubled; UTF-8 without a byte order mark.
/// RFC 4180 wants CRLF, but its readers (pandas, R, spreadsheets, SQLite, gnuplot) all take LF, as does the
/// W3C's model of CSV on the Web; while to awk, cut, sort, grep and git a CR would be part of the last field.
final class CSVWriter {
  private let file: WholeFile

  init(path: String, columns: [String]) throws(ReportError) {
    file = try WholeFile(path: path)
    try row(columns.map { .text($0) })
  }

  func row(_ fields: [CSVField]) throws(ReportError) {
    var isFirst = true
    for field in fields {
      if !isFirst { file.output.append(UInt8(ascii: ",")) }
      isFirst = false
      switch field {
      case .empty: break
      case .integer(let value): try file.output.append(String(value))
      case .number(let value): try file.output.append(value.shortest)
      case .text(let text): try file.output.append(CSVText.quoted(text))
      }
    }
    file.output.append(UInt8(ascii: "\n"))
  }

  /// A row whose first fields and those after the step are text already, each with its comma; up to three numbers end it. For tables
  /// of millions of rows.
  func row(
    prefix: String, step: Int, middle: String = "", numbers: (Double, Double?, Double?)
  ) throws(ReportError) {
    file.output.append(raw: prefix)
    file.output.append(raw: String(step))
    file.output.append(UInt8(ascii: ","))
    file.output.append(raw: middle)
    file.output.append(raw: numbers.0.shortest)
    if let second = numbers.1 {
      file.output.append(UInt8(ascii: ","))
      file.output.append(raw: second.shortest)
    }
    if let third = numbers.2 {
      file.output.append(UInt8(ascii: ","))
      file.output.append(raw: third.shortest)
    }
    try file.output.append("\n")
  }

  /// Fields that many rows begin with.
  static func prefix(_ result: String, _ run: ScenarioResult.Run) -> String {
    "\(CSVText.quoted(result)),\(CSVText.quoted(run.optimizer)),\(run.seed),"
  }

  /// Everything is on disk, under a temporary name.
  func finish() throws(ReportError) { try file.finish() }

  /// Whether the name can be taken; a folder of that name cannot be replaced.
  func checkPlace() throws(ReportError) { try file.checkPlace() }

  func commit() throws(ReportError) { try file.commit() }
}
