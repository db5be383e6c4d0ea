/// What is between the fields of a row.
package enum CSVSeparator: Hashable, Sendable {
  /// One ASCII character: two in a row have an empty field between them.
  case character(UInt8)
  /// Any number of spaces and tabs, also around a row.
  case blanks

  package static let comma = CSVSeparator.character(UInt8(ascii: ","))

  /// As messages have it.
  package var words: String {
    switch self {
    case .character(UInt8(ascii: ",")): "a comma"
    case .character(UInt8(ascii: "\t")): "a tab"
    case .character(let byte): "'\(Character(UnicodeScalar(byte)))'"
    case .blanks: "spaces"
    }
  }

  @inline(__always)
  func isMet(by byte: UInt8) -> Bool {
    switch self {
    case .character(let separator): byte == separator
    case .blanks: byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
  }
}
