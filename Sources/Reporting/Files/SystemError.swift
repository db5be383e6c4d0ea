import Foundation

/// Message of the operating system for an error number.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }

extension ReportError {
  static func cannotWrite(path: String, code: Int32) -> ReportError {
    .cannotWrite(path: path, reason: systemMessage(code))
  }
}

/// Creates the folder at `path` and its missing parents.
func makeFolder(_ path: String) throws(ReportError) {
  if mkdir(path, 0o777) == 0 { return }
  switch errno {
  case EEXIST:
    var information = stat()
    guard stat(path, &information) == 0 else { throw .cannotWrite(path: path, code: errno) }
    guard information.st_mode & S_IFMT == S_IFDIR else {
      throw .cannotWrite(path: path, code: ENOTDIR)
    }
  case ENOENT:
    let parent = (path as NSString).deletingLastPathComponent
    guard !parent.isEmpty, parent != path else { throw .cannotWrite(path: path, code: ENOENT) }
    try makeFolder(parent)
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .cannotWrite(path: path, code: errno)
    }
  case let code: throw .cannotWrite(path: path, code: code)
  }
}

/// A hidden name that no other process or thread uses.
func stagingName(for name: String) -> String {
  ".\(name).\(getpid()).\(String(UInt32.random(in: 0...(.max)), radix: 36)).tmp"
}
