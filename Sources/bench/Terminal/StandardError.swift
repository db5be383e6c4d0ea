import Foundation
import Text

/// Where progress and messages go. Control characters in them are shown, not sent.
enum StandardError {
  static let isTerminal = isatty(STDERR_FILENO) != 0

  static func write(_ line: String) { writeRaw(line.visible + "\n") }

  /// Replaces the line of the cursor, cut to the terminal: a line that wraps cannot be replaced.
  static func redraw(_ line: String) {
    var size = winsize()
    let width = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 80
    let line = line.visible.replacing("\n", with: " ")
    writeRaw("\r" + line.prefix(max(1, width - 1)) + "\u{1B}[K")
  }

  /// Without a newline. Errors are ignored: there is nowhere to report them.
  private static func writeRaw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
