/// Text in lines that fit a terminal.
enum ListWrapping {
  /// The least room for a wrapped cell; a narrower one is put below its label.
  static let narrowest = 20

  /// `text` after `start`, in lines of at most `width`; the second and further lines begin at `indent`.
  ///
  /// - Parameter width: `nil` leaves one line.
  static func wrapped(
    _ start: String, _ words: [some StringProtocol], separator: String = " ", indent: Int,
    width: Int?
  ) -> String {
    guard let width else { return start + words.joined(separator: separator) }
    var lines = [start]
    var isFresh = true
    for word in words {
      let last = lines[lines.count - 1]
      if !isFresh, last.count + separator.count + word.count > width {
        lines.append(String(repeating: " ", count: min(indent, width / 2)) + word)
      } else {
        lines[lines.count - 1] = isFresh ? last + word : last + separator + word
      }
      isFresh = false
    }
    return lines.joined(separator: "\n")
  }

  static func wrapped(_ start: String, _ text: String, indent: Int, width: Int?) -> String {
    wrapped(
      start, text.split(separator: " ", omittingEmptySubsequences: false), indent: indent,
      width: width)
  }

  /// A label, then text in a column that begins at `column`.
  static func labeled(_ label: String, _ text: String, column: Int, width: Int?) -> String {
    let start = label.isEmpty && text.isEmpty ? "" : label.padded(to: column - 2) + "  "
    return wrapped(start, text, indent: column, width: width)
  }

  /// The line as far as the terminal shows it.
  static func cut(_ line: String, to width: Int?) -> String {
    guard let width, line.count > width else { return line }
    return line.prefix(max(width - 1, 1)) + "…"
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
