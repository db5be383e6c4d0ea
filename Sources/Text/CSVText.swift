/// Text as a CSV field.
package enum CSVText {
  /// Text in quotes if it contains a comma, a quote or a line break; quotes inside are doubled (RFC 4180, section 2).
  package static func quoted(_ text: String) -> String {
    // Compares bytes, because "\r\n" is one Character.
    let needsQuotes = text.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
      default: false
      }
    }
    guard needsQuotes else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// A line of columns, then a line per row.
  package static func table(columns: [String], rows: [[String]]) -> String {
    ([columns] + rows).map { $0.map(quoted).joined(separator: ",") }.joined(separator: "\n")
  }
}
