import Foundation

/// The text of a scenario file.
enum ScenarioFile {
  /// A scenario is a page of text; whatever is larger was named by mistake.
  private static let sizeLimit = 1 << 20

  /// Whether there is a file, a folder or a link, even one that leads nowhere.
  static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path) || target(ofLink: path) != nil
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// - Throws: `ScenarioError.invalid` with the reason why it cannot be read.
  static func text(at path: String) throws(ScenarioError) -> String {
    func unreadable(_ reason: String) -> ScenarioError {
      .invalid([ScenarioIssue(path: path, line: nil, message: reason)])
    }
    guard !isFolder(path) else {
      throw unreadable(
        "is a folder; give a file in it, or run all of it with --all --scenarios \(path)")
    }
    guard let file = fopen(path, "r") else {
      let reason = errno
      if reason == ENOENT, let target = target(ofLink: path) {
        throw unreadable("leads nowhere: it is a link to \(target), which is not there")
      }
      throw unreadable("cannot be read: \(String(cString: strerror(reason)))")
    }
    defer { fclose(file) }
    // Devices have no size and no end.
    var bytes = [UInt8](repeating: 0, count: sizeLimit + 1)
    let count = fread(&bytes, 1, bytes.count, file)
    guard ferror(file) == 0 else {
      throw unreadable("cannot be read: \(String(cString: strerror(errno)))")
    }
    guard count <= sizeLimit else { throw unreadable("larger than 1 MiB; not a scenario") }
    guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
      throw unreadable("not UTF-8 text")
    }
    // A byte order mark is not text.
    return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
  }

  private static func target(ofLink path: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: path)
  }
}
