import Foundation
package import GRDB

/// The SQLite file that every result lives in. Safe to use from several threads and processes at once.
///
/// Trials are keyed by content, so saving one twice changes nothing. Every call is one transaction: a
/// process that dies loses what it had not saved and nothing else.
package final class Store: Sendable {
  package let path: String
  let database: DatabasePool

  /// Opens the store at `path`, making it and its folder when missing.
  package convenience init(creatingAt path: String) throws(StoreError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: folder.path, reason: Self.reason(of: error))
    }
    try self.init(path: path)
  }

  /// Opens the store at `path`, which must be there.
  package convenience init(existingAt path: String) throws(StoreError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .noResults(path: path) }
    try self.init(path: path)
  }

  /// The same with settings of the database of one's own, such as a limit on its size.
  package convenience init(
    existingAt path: String, configuration: Configuration
  ) throws(StoreError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .noResults(path: path) }
    try self.init(path: path, configuration: configuration)
  }

  private init(
    path: String, configuration: Configuration = Configuration()
  ) throws(StoreError) {
    self.path = path
    var configuration = configuration
    configuration.busyMode = .timeout(30)
    do {
      let lock = try FileLock(path: path + ".lock")
      defer { lock.release() }
      database = try DatabasePool(path: path, configuration: configuration)
      try database.read { try Schema.checkOwner(of: $0, path: path) }
      if try database.read(Schema.migrations.hasBeenSuperseded) {
        let applied = try database.read(Schema.migrations.appliedIdentifiers)
        let unknown = applied.subtracting(Schema.migrations.migrations)
        throw StoreError.newer(path: path, version: unknown.max() ?? "unknown")
      }
      try Schema.migrations.migrate(database)
    } catch {
      throw Self.failure(error, path: path)
    }
  }

  /// Of a status that need not be run again.
  static let done = "status IN ('finished', 'diverged')"

  func write(_ body: (Database) throws -> Void) throws(StoreError) {
    do { try database.write(body) } catch { throw Self.failure(error, path: path) }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try database.read(body) } catch { throw Self.failure(error, path: path) }
  }

  private static func failure(_ error: any Error, path: String) -> StoreError {
    switch error {
    case let error as StoreError: error
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(path: path, reason: reason(of: error))
      case .SQLITE_CANTOPEN: .cannotOpen(path: path, reason: reason(of: error))
      // Of tables and columns other than ours.
      case .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT, .SQLITE_FORMAT, .SQLITE_SCHEMA:
        .damaged(path: path, reason: reason(of: error))
      case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHORT_READ:
        .damaged(path: path, reason: reason(of: error))
      default: .cannotWrite(path: path, reason: reason(of: error))
      }
    default: .damaged(path: path, reason: "\(error)")
    }
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case let error as DatabaseError:
      error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    case let error as CocoaError: error.localizedDescription
    default: "\(error)"
    }
  }
}
