import Foundation

/// Texts recorded earlier, one file each, that later texts must equal.
///
/// With ``variable`` set, differing and missing files are written instead; that is reported as a fault too, so that a
/// run that records fails.
package struct SnapshotFolder: Sendable {
  package static let variable = "BENCH_RECORD_SNAPSHOTS"

  package let path: String
  package let isRecording: Bool

  /// - Parameter isRecording: By default, whether ``variable`` is set to anything but 0.
  package init(path: String, isRecording: Bool? = nil) {
    self.path = path
    let value = ProcessInfo.processInfo.environment[Self.variable] ?? ""
    self.isRecording = isRecording ?? !["", "0"].contains(value)
  }

  /// Compares a text with its snapshot, or records it.
  ///
  /// - Parameter name: The file's path in the folder.
  /// - Returns: Why the test must fail, or `nil` if the text equals its snapshot.
  package func fault(of text: String, named name: String) throws -> String? {
    guard !text.isEmpty else { return "\(name): there is no text to compare with the snapshot" }
    let text = text.hasSuffix("\n") ? text : text + "\n"
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    let exists = FileManager.default.fileExists(atPath: url.path)
    let former = exists ? try String(contentsOf: url, encoding: .utf8) : nil
    if isRecording {
      guard former != text else { return "\(name): unchanged. \(Self.advice)" }
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
      return "\(name): recorded. \(Self.advice)"
    }
    guard let former else {
      return "\(name): there is no such snapshot. \(Self.variable)=1 records it"
    }
    guard let difference = LineDifference(from: former, to: text) else { return nil }
    return """
      \(name) differs (- snapshot, + now) \(difference)
      If the change is intended, \(Self.variable)=1 records it
      """
  }

  /// Finds snapshots that no test compares with, and deletes them when recording.
  ///
  /// - Parameter used: The names that tests use.
  /// - Returns: Why the test must fail, or `nil` if every file is used.
  package func fault(ofUnusedBy used: Set<String>) throws -> String? {
    let unused = names.filter { !used.contains($0) }
    if isRecording {
      for name in unused { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
      let list = unused.isEmpty ? "no snapshot" : unused.joined(separator: ", ")
      return "deleted as unused: \(list). \(Self.advice)"
    }
    guard !unused.isEmpty else { return nil }
    return "no test uses \(unused.joined(separator: ", ")). \(Self.variable)=1 deletes them"
  }

  /// Every file in the folder, by its path there.
  package var names: [String] {
    let all = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
    return all.sorted().filter { name in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: "\(path)/\(name)", isDirectory: &isFolder)
      return exists && !isFolder.boolValue
    }
  }

  private static let advice = "A run that records fails: run the tests again without \(variable)"
}
