import Foundation

/// Where results go. A failed write, such as to a full disk, is an error.
enum StandardOutput {
  /// Columns of the terminal, or the value of COLUMNS; `nil` if output is not a terminal, where lines are not wrapped.
  static var width: Int? {
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init), columns > 0 {
      return columns
    }
    var size = winsize()
    guard isatty(STDOUT_FILENO) != 0, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  static func write(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      throw Failure(
        status: .cannotWrite,
        message: "standard output cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
