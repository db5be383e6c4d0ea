import Foundation
import GRDB

extension Store {
  /// Opens the store at `path`, which must be there, to read it: where it may not be written to, too, such as in an archive.
  ///
  /// A store that may be written to is opened as usual, so that one of an older version is brought up to date. Any other is
  /// read as it is. If that cannot be done, because it is of an older version or a run that was killed has left a part of it
  /// in a second file, a temporary copy is read.
  package static func reading(_ path: String) throws(StoreError) -> Store {
    do throws(StoreError) {
      return try Store(existingAt: path)
    } catch {
      guard error.isAboutWriting else { throw error }
      return try readOnly(path)
    }
  }

  private static func readOnly(_ path: String) throws(StoreError) -> Store {
    do throws(StoreError) {
      let hasLog = (size(of: path + "-wal") ?? 0) > 0
      // Without a log nobody writes, and SQLite needs no files beside the store with this flag. Escaped as in a URI.
      let allowed = CharacterSet.urlPathAllowed
      guard !hasLog, let escaped = path.addingPercentEncoding(withAllowedCharacters: allowed)
      else { throw .cannotOpen(path: path, reason: "has a log") }
      return try Store(readOnly: "file:\(escaped)?immutable=1", path: path)
    } catch .damaged(let damagedPath, let reason) {
      throw .damaged(path: damagedPath, reason: reason)
    } catch .newer(let path, let version) {
      throw .newer(path: path, version: version)
    } catch {
      return try Store(copyOf: path)
    }
  }

  private static func size(of path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
  }
}

extension StoreError {
  /// Whether a store could be read though it cannot be written to.
  fileprivate var isAboutWriting: Bool {
    switch self {
    case .cannotWrite, .cannotOpen: true
    case .newer, .damaged, .noResults: false
    }
  }
}

/// A folder that goes away with its last user.
final class TemporaryCopy: Sendable {
  let path: String
  private let folder: String

  init(of store: String) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("bench-store-\(UUID().uuidString)").path
    path = folder + "/store.sqlite"
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for ending in ["", "-wal"] where files.fileExists(atPath: store + ending) {
        // Copied as bytes: permissions that forbid writing must not come along.
        try Data(contentsOf: URL(fileURLWithPath: store + ending), options: .alwaysMapped)
          .write(to: URL(fileURLWithPath: path + ending))
      }
    } catch {
      try? files.removeItem(atPath: folder)
      throw error
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}
