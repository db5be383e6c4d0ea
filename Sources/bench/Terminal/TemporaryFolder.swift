import Foundation
import Synchronization

/// A folder for the time of a command. An interruption removes it too; after a crash, the next one does.
final class TemporaryFolder {
  let path: String
  /// Held open and locked: whoever gets the lock knows that the owner has ended.
  private let lock: Int32

  private static let prefix = "bench-check-"
  private static let lockName = "lock"
  private static let paths = Mutex<Set<String>>([])

  /// - Throws: a failure with the reason why it cannot be created.
  init() throws {
    let parent = FileManager.default.temporaryDirectory.path
    Self.sweep(parent)
    path = "\(parent)/\(Self.prefix)\(UUID().uuidString)"
    guard mkdir(path, 0o700) == 0 else { throw Self.failure(at: path) }
    Self.paths.withLock { [path] in _ = $0.insert(path) }
    lock = open("\(path)/\(Self.lockName)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else { throw Self.failure(at: path) }
  }

  deinit {
    Self.remove(path)
    if lock >= 0 { close(lock) }
  }

  static func removeAll() {
    for path in paths.withLock({ Array($0) }) { remove(path) }
  }

  private static func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
    paths.withLock { _ = $0.remove(path) }
  }

  /// Removes folders whose owner has ended without doing so. Errors are ignored.
  private static func sweep(_ parent: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    where name.hasPrefix(prefix) {
      let lock = open("\(parent)/\(name)/\(lockName)", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard lock >= 0 else { continue }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 {
        try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
      }
      close(lock)
    }
  }

  private static func failure(at path: String) -> Failure {
    Failure(
      status: .cannotWrite,
      message: "\(path): cannot create the folder: \(String(cString: strerror(errno)))")
  }
}
