import Foundation

/// Reader of a CSV table, row by row (RFC 4180); lines end with LF or CRLF; blank lines and a byte order mark are skipped.
///
/// Fields are ranges of bytes until they are read.
package struct CSVReader {
  /// Line on which the current row begins, counted from 1.
  package private(set) var line = 0

  /// Bytes with a zero at the end, which ends numbers.
  private let bytes: [UInt8]
  private let trimsBlanks: Bool
  private var position = 0
  private var lineAhead: Int
  private var fields: [Field] = []

  private struct Field {
    var range: Range<Int>
    /// Quotes inside are doubled.
    var hasQuotes = false
  }

  /// - Parameter trimsBlanks: Whether blanks around an unquoted field are removed; in the standard they are part of the field.
  /// - Parameter firstLine: Number of the first line, for a table that is not at the beginning of its file.
  package init(_ bytes: [UInt8], trimsBlanks: Bool = false, firstLine: Int = 1) {
    self.bytes = bytes + [0]
    self.trimsBlanks = trimsBlanks
    lineAhead = firstLine
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Goes to the next row.
  /// - Returns: `false` at the end.
  package mutating func next() throws(CSVError) -> Bool {
    let end = bytes.count - 1
    while position < end, isBlankLine() {}
    guard position < end else { return false }
    fields.removeAll(keepingCapacity: true)
    line = lineAhead
    while true {
      fields.append(try readField(end))
      guard position < end else { return true }
      let separator = bytes[position]
      position += 1
      if separator == UInt8(ascii: ",") { continue }
      // Either LF, or the CR of a CRLF.
      if separator == UInt8(ascii: "\r"), bytes[position] == UInt8(ascii: "\n") { position += 1 }
      lineAhead += 1
      return true
    }
  }

  // MARK: The current row

  package var fieldCount: Int { fields.count }

  /// The current row's fields.
  package var texts: [String] { fields.indices.map { text($0) } }

  package func text(_ field: Int) -> String {
    let field = fields[field]
    let text = String(decoding: bytes[field.range], as: UTF8.self)
    return field.hasQuotes ? text.replacing("\"\"", with: "\"") : text
  }

  /// The finite number in a field; `nil` for anything else: an empty field, a name such as `nan`, a number outside the range of `Float`.
  package func number(_ field: Int) -> Float? {
    let range = fields[field].range
    guard !range.isEmpty, range.count <= 64 else { return nil }
    var whole = 0
    for index in range {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9, range.count <= 9 else { return decimal(range) }
      whole = 10 * whole + Int(digit)
    }
    return Float(whole)
  }

  private func decimal(_ range: Range<Int>) -> Float? {
    // No names such as nan and inf and no hexadecimal numbers, which the library would accept.
    let isDecimal = bytes[range].allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isDecimal else { return nil }
    return bytes.withUnsafeBytes { raw in
      guard let base = raw.bindMemory(to: CChar.self).baseAddress else { return nil }
      var end: UnsafeMutablePointer<CChar>?
      let value = strtof(base + range.lowerBound, &end)
      guard let end, UnsafePointer(end) == base + range.upperBound, value.isFinite else {
        return nil
      }
      return value
    }
  }

  // MARK: Bytes

  private mutating func isBlankLine() -> Bool {
    switch bytes[position] {
    case UInt8(ascii: "\n"): position += 1
    case UInt8(ascii: "\r") where bytes[position + 1] == UInt8(ascii: "\n"): position += 2
    default: return false
    }
    lineAhead += 1
    return true
  }

  /// Reads a quoted field; `position` is then at the character after it.
  private mutating func readField(_ end: Int) throws(CSVError) -> Field {
    if bytes[position] == UInt8(ascii: "\"") { return try readQuoted(end) }
    let begin = position
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        return Field(range: trimmed(begin, position))
      default: position += 1
      }
    }
    return Field(range: trimmed(begin, position))
  }

  private func trimmed(_ begin: Int, _ end: Int) -> Range<Int> {
    guard trimsBlanks else { return begin..<end }
    var begin = begin
    var end = end
    while begin < end, bytes[begin] == UInt8(ascii: " ") { begin += 1 }
    while end > begin, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return begin..<end
  }

  private mutating func readQuoted(_ end: Int) throws(CSVError) -> Field {
    let begin = position + 1
    var hasQuotes = false
    position = begin
    while position < end {
      if bytes[position] == UInt8(ascii: "\n") { lineAhead += 1 }
      guard bytes[position] == UInt8(ascii: "\"") else {
        position += 1
        continue
      }
      if bytes[position + 1] == UInt8(ascii: "\"") {
        hasQuotes = true
        position += 2
        continue
      }
      let field = Field(range: begin..<position, hasQuotes: hasQuotes)
      position += 1
      guard
        position == end || [",", "\n", "\r"].contains(Character(UnicodeScalar(bytes[position])))
      else {
        throw CSVError(
          line: lineAhead, expected: "a comma after a quoted field",
          found: "'\(Character(UnicodeScalar(bytes[position])))'")
      }
      return field
    }
    throw CSVError(line: line, expected: "a closing quote", found: "the end of the file")
  }
}
