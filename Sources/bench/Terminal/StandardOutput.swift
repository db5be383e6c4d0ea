import Foundation
import Synchronization
import Text

/// Where results go. A failed write, such as to a full disk or a closed pipe, is an error.
enum StandardOutput {
  private static let isTerminal = isatty(STDOUT_FILENO) != 0

  /// Columns of the terminal, or the value of COLUMNS; `nil` if output is not a terminal, where lines are not wrapped.
  static var width: Int? {
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init), columns > 0 {
      return columns
    }
    var size = winsize()
    guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  private static let failure = Mutex<Failure?>(nil)

  /// Writes a text for people; control characters in it are shown, not sent.
  ///
  /// A failure is kept for the end of the command, which first writes its files.
  static func write(_ text: String) { send(text.visible) }

  /// Writes CSV or JSON: as it is to a file or another program, as a text to a terminal.
  static func write(data text: String) { send(isTerminal ? text.visible : text) }

  /// - Throws: the first failure so far.
  static func check() throws {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  private static func send(_ text: String) {
    guard failure.withLock({ $0 == nil }) else { return }
    // FileHandle may leave a part unwritten without an error.
    var bytes = Array((text + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      switch (count, errno) {
      case (0..., _): bytes = bytes.dropFirst(count)
      case (_, EINTR): continue
      case (_, EAGAIN): usleep(1000)
      case (_, let code): return fail(code)
      }
    }
  }

  private static func fail(_ code: Int32) {
    let reason =
      code == EPIPE ? "its reader ended before the output did" : String(cString: strerror(code))
    failure.withLock {
      $0 = Failure(
        status: .cannotWrite, message: "standard output cannot be written: \(reason)")
    }
  }
}
