/// Reader of a CSV table, row by row (RFC 4180); lines end with LF or CRLF; blank lines and a byte order mark are skipped.
///
/// Fields are ranges of bytes until they are read.
package struct CSVReader {
  /// Line on which the current row begins, counted from 1.
  package private(set) var line = 0

  /// Bytes with a zero at the end, which ends numbers.
  let bytes: [UInt8]
  let hasDecimalComma: Bool
  private(set) var fields: [Field] = []
  private let separator: CSVSeparator
  private let trimsBlanks: Bool
  private var position = 0
  private var lineAhead: Int

  struct Field {
    var range: Range<Int>
    /// Quotes inside are doubled.
    var hasQuotes = false
  }

  /// - Parameters:
  ///   - trimsBlanks: Whether blanks around an unquoted field are removed; in the standard they are part of the field.
  ///   - firstLine: Number of the first line, for a table that is not at the beginning of its file.
  ///   - separator: What is between fields; the standard has commas.
  ///   - hasDecimalComma: Whether numbers have a comma where others have a point.
  package init(
    _ bytes: [UInt8], trimsBlanks: Bool = false, firstLine: Int = 1,
    separator: CSVSeparator = .comma, hasDecimalComma: Bool = false
  ) {
    self.bytes = bytes + [0]
    self.trimsBlanks = trimsBlanks
    self.separator = separator
    self.hasDecimalComma = hasDecimalComma
    lineAhead = firstLine
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Goes to the next row.
  /// - Returns: `false` at the end.
  package mutating func next() throws(CSVError) -> Bool {
    let end = bytes.count - 1
    skipBlanks()
    while position < end, isBlankLine() { skipBlanks() }
    guard position < end else { return false }
    fields.removeAll(keepingCapacity: true)
    line = lineAhead
    while true {
      fields.append(try readField(end))
      skipBlanks()
      guard position < end else { return true }
      let byte = bytes[position]
      if separator == .blanks, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { continue }
      position += 1
      if separator.isMet(by: byte) { continue }
      // Either LF, or the CR of a CRLF.
      if byte == UInt8(ascii: "\r"), bytes[position] == UInt8(ascii: "\n") { position += 1 }
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

  // MARK: Bytes

  /// Blanks between the fields, where they are the separator.
  private mutating func skipBlanks() {
    guard separator == .blanks else { return }
    while separator.isMet(by: bytes[position]) { position += 1 }
  }

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
      let byte = bytes[position]
      if separator.isMet(by: byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        break
      }
      position += 1
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
      let byte = bytes[position]
      guard
        position == end || separator.isMet(by: byte) || byte == UInt8(ascii: "\n")
          || byte == UInt8(ascii: "\r")
      else {
        throw CSVError(
          line: lineAhead, expected: "\(separator.words) after a quoted field",
          found: "'\(Character(UnicodeScalar(byte)))'")
      }
      return field
    }
    throw CSVError(line: line, expected: "a closing quote", found: "the end of the file")
  }
}
