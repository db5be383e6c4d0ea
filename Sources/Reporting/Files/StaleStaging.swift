import Foundation

/// Files and folders that a killed process left under temporary names.
enum StaleStaging {
  /// Far longer than anything is written without pause; a process on another machine, whose number says nothing here,
  /// has then ended too.
  private static let age = 3600.0

  /// Removes from `folder` what no living process can still be writing. What cannot be removed stays.
  static func sweep(_ folder: String, now: Date = Date()) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
      guard let process = owner(of: name), kill(process, 0) != 0, errno == ESRCH else { continue }
      let path = "\(folder)/\(name)"
      guard let attributes = try? files.attributesOfItem(atPath: path),
        let modified = attributes[.modificationDate] as? Date,
        now.timeIntervalSince(modified) > age
      else { continue }
      // Only what a chart has there: never into folders, never through links.
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

  /// The process that made a temporary name; `nil` for other names.
  private static func owner(of name: String) -> pid_t? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    // .NAME.PROCESS.RANDOM.tmp, and the name may hold dots.
    guard parts.count >= 5, parts[0].isEmpty, parts.last == "tmp",
      parts[parts.count - 2].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    else { return nil }
    return pid_t(parts[parts.count - 3])
  }
}
