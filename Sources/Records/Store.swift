import Foundation
package import GRDB

/// The SQLite file that every result lives in. Safe to use from several threads and processes at once.
///
/// Trials are keyed by content, so saving one twice changes nothing. Every call is one transaction: a
/// process that dies loses what it had not saved and nothing else.
package final class Store: Sendable {
  package let path: String
  let database: any DatabaseWriter
  /// What is read instead of a store that can neither be written to nor read as it is.
  private let copy: TemporaryCopy?

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
    copy = nil
    do {
      database = try Self.migrated(path, shownAs: path, configuration)
    } catch {
      throw Self.failure(error, path: path)
    }
  }

  /// Opens the database of a name that SQLite understands, which must be of this version.
  init(readOnly name: String, path: String) throws(StoreError) {
    self.path = path
    copy = nil
    do {
      var configuration = Configuration()
      configuration.readonly = true
      database = try DatabaseQueue(path: name, configuration: configuration)
      try database.read { try Schema.check($0, path: path) }
      guard try database.read(Schema.migrations.hasCompletedMigrations) else {
        throw StoreError.cannotOpen(path: path, reason: "of an older version")
      }
    } catch {
      throw Self.failure(error, path: path)
    }
  }

  init(copyOf path: String) throws(StoreError) {
    self.path = path
    do {
      let copy = try TemporaryCopy(of: path)
      self.copy = copy
      database = try Self.migrated(copy.path, shownAs: path, Configuration())
    } catch let error as CocoaError {
      throw .cannotOpen(path: path, reason: error.localizedDescription)
    } catch {
      throw Self.failure(error, path: path)
    }
  }

  private static func migrated(
    _ path: String, shownAs shownPath: String, _ configuration: Configuration
  ) throws -> DatabasePool {
    var configuration = configuration
    configuration.busyMode = .timeout(30)
    let lock = try FileLock(path: path + ".lock")
    defer { lock.release() }
    let database = try DatabasePool(path: path, configuration: configuration)
    try database.read { try Schema.check($0, path: shownPath) }
    try Schema.migrations.migrate(database)
    return database
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
