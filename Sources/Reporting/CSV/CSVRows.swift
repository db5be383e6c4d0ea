import Records
import Text

/// Rows of a CSV file as bytes: fields as in RFC 4180, lines end with LF.
struct CSVRows: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ fields: [CSVField]) {
    var isFirst = true
    for field in fields {
      if !isFirst { appendComma() }
      isFirst = false
      switch field {
      case .empty: break
      case .integer(let value): append(value)
      case .number(let value): append(value)
      case .text(let text): append(raw: CSVText.quoted(text))
      }
    }
    endRow()
  }

  /// Appends text, quoted where needed.
  mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(raw text: [UInt8]) { bytes.append(contentsOf: text) }

  mutating func append(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

  /// Appends a number as in ``Swift/Double/shortest``, without temporary strings.
  mutating func append(_ value: Double) {
    guard value.isFinite else { return append(raw: value.shortest) }
    bytes.append(contentsOf: value.description.utf8)
    if bytes.last == UInt8(ascii: "0"), bytes[bytes.count - 2] == UInt8(ascii: ".") {
      bytes.removeLast(2)
    }
  }

  mutating func appendComma() { bytes.append(UInt8(ascii: ",")) }

  mutating func endRow() { bytes.append(UInt8(ascii: "\n")) }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// A field of a CSV file.
enum CSVField {
  case empty
  case integer(Int)
  case number(Double)
  case text(String)

  static func integer(_ value: Int?) -> CSVField { value.map { .integer($0) } ?? .empty }
  static func number(_ value: Double?) -> CSVField { value.map { .number($0) } ?? .empty }
  static func flag(_ value: Bool?) -> CSVField {
    value.map { .text($0 ? "true" : "false") } ?? .empty
  }
}
