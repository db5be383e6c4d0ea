import Foundation

/// Where progress and messages go.
enum StandardError {
  static let isTerminal = isatty(STDERR_FILENO) != 0

  static func write(_ line: String) { writeRaw(line + "\n") }

  /// Without a line's end. A closed standard error is nobody's loss.
  static func writeRaw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
