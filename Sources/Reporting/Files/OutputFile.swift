import Foundation

/// A file that is written through a buffer. The file may be incomplete after an error: see ``WholeFile``.
package final class OutputFile {
  /// Path in error messages.
  private let shownPath: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 20

  /// - Parameters:
  ///   - exclusively: Whether an existing file is an error.
  ///   - emptied: Whether existing content is removed.
  package init(
    path: String, shownAs shownPath: String, exclusively: Bool = true, emptied: Bool = false
  ) throws(ReportError) {
    self.shownPath = shownPath
    descriptor = open(
      path,
      O_WRONLY | O_CREAT | O_CLOEXEC | (exclusively ? O_EXCL : 0) | (emptied ? O_TRUNC : 0), 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: shownPath, code: errno) }
    buffer.reserveCapacity(Self.capacity)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  package func append(_ text: String) throws(ReportError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { try flush() }
  }

  func append(_ bytes: [UInt8]) throws(ReportError) {
    // Large data are written without a copy.
    guard bytes.count < Self.capacity else {
      try flush()
      return try write(bytes)
    }
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  func flush() throws(ReportError) {
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8]) throws(ReportError) {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress! + start, bytes.count - start)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw .cannotWrite(path: shownPath, code: errno)
      }
      start += written
    }
  }

  /// Closes the file; network file systems report a full disk only here.
  package func finish() throws(ReportError) {
    try flush()
    let code = close(descriptor) == 0 ? 0 : errno
    descriptor = -1
    guard code == 0 else { throw .cannotWrite(path: shownPath, code: code) }
  }
}

/// A file that appears under its name only when it is complete: temporary file, then rename.
final class WholeFile {
  let path: String
  let output: OutputFile
  private let temporaryPath: String
  private var isCommitted = false

  init(path: String) throws(ReportError) {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent as NSString
    temporaryPath = folder.appendingPathComponent(
      stagingName(for: (path as NSString).lastPathComponent))
    output = try OutputFile(path: temporaryPath, shownAs: path)
  }

  deinit {
    if !isCommitted { unlink(temporaryPath) }
  }

  /// Writes everything to disk, under a temporary name.
  func finish() throws(ReportError) { try output.finish() }

  func checkPlace() throws(ReportError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw .cannotWrite(path: path, code: EISDIR)
    }
  }

  /// Whether a file of this name has the content of the finished one.
  var isThere: Bool { haveSameContent(path, temporaryPath) }

  /// The identity of the finished file, which renaming does not change.
  var identity: FileIdentity? { FileIdentity(at: temporaryPath) }

  /// Renames the finished file to its name.
  func commit() throws(ReportError) {
    guard rename(temporaryPath, path) == 0 else { throw .cannotWrite(path: path, code: errno) }
    isCommitted = true
  }
}
