import Foundation
import GRDB
import Records
import TestSupport
import Testing

/// Stores that may be read and not written to. A lock that cannot be made stands in for a folder that forbids it, which a
/// test that runs as root would not notice.
@Suite struct ReadOnlyStoreTests {
  private let support: StoreTests
  private var path: String { support.path }

  init() throws {
    support = try StoreTests()
    let store = try Store(creatingAt: path)
    try store.save(support.trial("k0"))
    try store.save(support.scenario(["k0"]))
  }

  /// Leaves one file, as in an archive, and forbids the lock.
  private func archive() throws {
    try DatabaseQueue(path: path).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    for ending in ["-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
    try FileManager.default.createDirectory(
      atPath: path + ".lock", withIntermediateDirectories: false)
    #expect(throws: StoreError.self) { try Store(existingAt: path) }
  }

  private func files() throws -> Set<String> {
    let folder = (path as NSString).deletingLastPathComponent
    return Set(try FileManager.default.contentsOfDirectory(atPath: folder))
  }

  private func expectWhole(_ store: Store) throws {
    let record = try #require(try store.scenarios().first)
    #expect(record == support.scenario(["k0"]))
    #expect(try store.result(of: record).runs.map(\.trial.curves) == [support.trial("k0").curves])
  }

  @Test func `an archive is read as it is, and nothing in its folder changes`() throws {
    try archive()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let names = try files()
    try expectWhole(Store.reading(path))
    #expect(try files() == names)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    let store = try Store.reading(path)
    #expect { try store.save(support.trial("k1")) } throws: { error in
      if case .cannotWrite? = error as? StoreError { true } else { false }
    }
  }

  @Test func `an archive of an older version is read through a copy`() throws {
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "DROP TABLE claim; DROP TABLE worker")
      try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '6'")
    }
    try archive()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    try expectWhole(Store.reading(path))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `what a killed run left in the log is read, too`() throws {
    // While another connection is open, the log is not written back.
    let writer = try Store(existingAt: path)
    try writer.save(support.trial("k1"))
    let folder = support.folder.file("killed")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: path + ending, toPath: "\(folder)/store.sqlite\(ending)")
    }
    withExtendedLifetime(writer) {}
    try FileManager.default.createDirectory(
      atPath: "\(folder)/store.sqlite.lock", withIntermediateDirectories: false)
    let store = try Store.reading("\(folder)/store.sqlite")
    #expect(try store.heldKeys(among: ["k0", "k1"]) == ["k0", "k1"])
  }

  @Test func `damage and newer versions are what they are everywhere`() throws {
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')")
    }
    try archive()
    #expect(throws: StoreError.newer(path: path, version: "99")) { try Store.reading(path) }
    try Data("no database, but long enough for a header of one, and more".utf8).write(
      to: URL(fileURLWithPath: path))
    #expect { try Store.reading(path) } throws: { error in
      if case .damaged? = error as? StoreError { true } else { false }
    }
    #expect(throws: StoreError.noResults(path: path + "x")) { try Store.reading(path + "x") }
  }
}
