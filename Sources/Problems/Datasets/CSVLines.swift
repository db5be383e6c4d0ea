/// The lines of a simple table of bytes: fields between commas, no quotes, `\n` or `\r\n` at the end.
enum CSVLines {
  /// Calls `body` with each line's number, from 1, and its fields.
  static func forEach(
    in bytes: [UInt8],
    _ body: (Int, [ArraySlice<UInt8>]) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (index, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      try body(
        index + 1, line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false))
    }
  }

  /// A field as text, for parsing and for messages.
  static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field, as: UTF8.self) }
}
