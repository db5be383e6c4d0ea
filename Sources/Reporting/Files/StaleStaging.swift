import Foundation

/// Removal of temporary files and folders that a killed process left.
enum StaleStaging {
  /// Much longer than any write takes; after it, a process on another machine, whose id means nothing here, has ended too.
  private static let age = 3600.0

  /// Removes files from `folder` that no running process can still be writing. Errors are ignored.
  static func sweep(_ folder: String, now: Date = Date()) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
      guard let process = owner(of: name), kill(process, 0) != 0, errno == ESRCH else { continue }
      let path = "\(folder)/\(name)"
      guard let attributes = try? files.attributesOfItem(atPath: path),
        let modified = attributes[.modificationDate] as? Date,
        now.timeIntervalSince(modified) > age
      else { continue }
      // Only the files of a chart; folders inside and links are not followed.
      if attributes[.type] as? FileAttributeType == .typeDirectory {
        for inner in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
          unlink("\(path)/\(inner)")
        }
        rmdir(path)
      } else {
        unlink(path)
      }
    }
  }

  /// Process id in a temporary name; `nil` for other names.
  private static func owner(of name: String) -> pid_t? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    // .NAME.PROCESS.RANDOM.tmp; the name may contain dots.
    guard parts.count >= 5, parts[0].isEmpty, parts.last == "tmp",
      parts[parts.count - 2].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    else { return nil }
    return pid_t(parts[parts.count - 3])
  }
}
