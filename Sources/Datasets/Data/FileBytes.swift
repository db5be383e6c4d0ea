import Foundation

/// Whole files, or their beginnings, as bytes.
enum FileBytes {
  /// The bytes of the file at `path`.
  static func read(_ path: String, remedy: String) throws(DatasetError) -> [UInt8] {
    try read(path, atMost: .max, remedy: remedy).bytes
  }

  /// The first `count` bytes, or fewer of a shorter file, and how many there are in all.
  static func head(
    _ path: String, count: Int, remedy: String
  ) throws(DatasetError) -> (bytes: [UInt8], fileSize: Int) {
    try read(path, atMost: count, remedy: remedy)
  }

  private static func read(
    _ path: String, atMost limit: Int, remedy: String
  ) throws(DatasetError) -> (bytes: [UInt8], fileSize: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno, remedy: remedy) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno, remedy: remedy) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "not a regular file")
    }
    let fileSize = Int(status.st_size)
    let size = min(fileSize, limit)
    var failed: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Foundation.read(descriptor, buffer.baseAddress! + count, size - count)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failed = errno }
        if got <= 0 { return }
        count += got
      }
    }
    guard failed == 0 else { throw failure(path, failed, remedy: remedy) }
    return (bytes, fileSize)
  }

  private static func failure(_ path: String, _ code: Int32, remedy: String) -> DatasetError {
    code == ENOENT || code == ENOTDIR
      ? .missing(path: path, remedy: remedy)
      : .unreadable(path: path, reason: String(cString: strerror(code)))
  }
}
