import Foundation

/// A file as it was when it was written: another one of its name, or one that was changed, differs.
struct FileIdentity: Codable, Equatable {
  private var number: UInt64
  private var size: Int
  private var seconds: Int
  private var nanoseconds: Int

  private init(_ status: stat) {
    number = UInt64(status.st_ino)
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }

  /// `nil` if there is no file.
  init?(at path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// Whether two files can be read and have the same bytes.
func haveSameContent(_ path: String, _ other: String) -> Bool {
  guard let first = ReadFile(path: path), let second = ReadFile(path: other),
    first.size == second.size
  else { return false }
  var start = 0
  while start < first.size {
    guard let part = first.bytes(start..<min(start + 1 << 20, first.size)),
      let otherPart = second.bytes(start..<min(start + 1 << 20, first.size)), part == otherPart
    else { return false }
    start += part.count
  }
  return true
}

/// An open file that is read in parts. It stays what it is if another one takes its name.
final class ReadFile {
  private let descriptor: Int32
  let size: Int

  /// `nil` if there is no such file, or it cannot be read.
  init?(path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      size = 0
      return nil
    }
    size = Int(status.st_size)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  var identity: FileIdentity? { FileIdentity(of: descriptor) }

  /// `nil` where the file does not have as many bytes.
  func bytes(_ range: Range<Int>) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let read = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count,
          off_t(range.lowerBound + count))
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { return }
        count += read
      }
    }
    return bytes.count == range.count ? bytes : nil
  }
}
