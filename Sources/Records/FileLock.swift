import Foundation

/// A lock between processes that is held while a store is opened: two that make one store must not both make its
/// tables.
struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Waits for the lock. The file stays behind, empty: removing it would let a third process lock another file.
  init(path: String) throws(StoreError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let reason = String(cString: strerror(errno))
        close(descriptor)
        throw .cannotWrite(path: path, reason: reason)
      }
    }
  }

  func release() { flock(descriptor, LOCK_UN) }

  deinit { close(descriptor) }
}
