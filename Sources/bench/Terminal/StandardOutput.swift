import Foundation

/// Where results go. A full disk behind it is an error, not a loss in silence.
enum StandardOutput {
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
