import Foundation

/// Where progress and messages go.
enum StandardError {
  static let isTerminal = isatty(STDERR_FILENO) != 0

  static func write(_ line: String) { writeRaw(line + "\n") }

  /// Replaces the line of the cursor, cut to the terminal: a line that wraps cannot be replaced.
  static func redraw(_ line: String) {
    var size = winsize()
    let width = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 80
    writeRaw("\r" + line.prefix(max(1, width - 1)) + "\u{1B}[K")
  }

  /// Without a newline. Errors are ignored: there is nowhere to report them.
  static func writeRaw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
