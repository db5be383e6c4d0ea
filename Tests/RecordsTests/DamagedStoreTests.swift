import Foundation
import GRDB
import Records
import TestSupport
import Testing

/// Stores that hold what no program of ours wrote: an error, whatever it is, and never a trap.
@Suite struct DamagedStoreTests {
  private let support: StoreTests
  private var path: String { support.path }

  init() throws { support = try StoreTests() }

  private func isDamaged(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return false
    } catch {
      guard case .damaged(let path, _)? = error as? StoreError else { return false }
      return path == self.path
    }
  }

  /// A store with two trials, a scenario and a search.
  private func filled() throws -> Store {
    let store = try Store(creatingAt: path)
    for key in ["k0", "k1"] {
      var trial = support.trial(key)
      trial.environment = RunEnvironment(
        processor: "p", cores: 2, operatingSystem: "o", swiftVersion: "6.3", blas: "b",
        blasKernels: "k", buildFlags: "release", revision: "r", packageVersion: "0.1.0")
      try store.save(trial)
    }
    try store.save(support.scenario(["k0", "k1"]))
    try store.save(Self.search)
    return store
  }

  private static let search = TuningRecord(
    scenario: "example", optimizer: "a", rule: "sgd", search: "halton", isAdaptive: false,
    metric: .loss, trials: 1, length: 3, seeds: 1, task: "t",
    space: [.init(name: "learning_rate", scale: "log", lower: 0.1, upper: 1)],
    candidates: [
      .init(
        settings: ["learning_rate": .number(0.5)], shares: [0.5], round: 0, length: 3,
        runs: [.init(seed: 0, key: "k", divergedStep: nil, value: 1)], score: 1)
    ], chosen: 0)

  private func readAll(_ store: Store) throws {
    for scenario in try store.scenarios() { _ = try store.result(of: scenario) }
    _ = try store.tunings()
  }

  private static let columns = [
    "trial": [
      "configuration", "status", "steps", "epochs", "loss_evaluations", "gradient_evaluations",
      "parameters", "state_bytes", "wall_seconds", "diverged_step", "stop_reason",
      "restored_epoch", "cpu_seconds", "error", "environment",
    ],
    "curve": ["metric", "steps", "epochs", "series"],
    "trajectory": ["steps", "x", "y", "loss"],
    "scenario": ["name", "record"], "tuning": ["record"], "environment": ["content"],
  ]

  @Test func `a value of another type in any column is damage`() throws {
    let store = try filled()
    let whole = try Data(contentsOf: copied(store))
    var seen = 0
    for (table, columns) in Self.columns {
      for column in columns {
        for value in ["''", "'x'", "x'00'", "x''", "-1", "0.5", "9e999", "'1e3'", "[]"] {
          let value = value == "[]" ? "'[]'" : value
          let copy = support.folder.file("\(UUID().uuidString).sqlite")
          try whole.write(to: URL(fileURLWithPath: copy))
          // Another program checks no references between tables.
          var configuration = Configuration()
          configuration.foreignKeysEnabled = false
          try DatabaseQueue(path: copy, configuration: configuration).write {
            try $0.execute(sql: "UPDATE \(table) SET \(column) = \(value) WHERE rowid = 1")
          }
          do { try readAll(Store(existingAt: copy)) } catch {
            guard case .damaged(copy, let reason)? = error as? StoreError else {
              Issue.record("\(table).\(column) = \(value): \(error)")
              continue
            }
            #expect(!reason.isEmpty)
            seen += 1
          }
          try FileManager.default.removeItem(atPath: copy)
        }
      }
    }
    // Most are no values of theirs; a few are, such as a text for an error.
    #expect(seen > 150)
  }

  /// The store's file with all that was written to it.
  private func copied(_ store: Store) throws -> URL {
    let copy = support.folder.file("whole.sqlite")
    try DatabaseQueue(path: path).backup(to: DatabaseQueue(path: copy))
    return URL(fileURLWithPath: copy)
  }

  @Test(arguments: [
    // First, distance and count of evenly spaced numbers: four billion, other than the values, negative, beyond Int.
    "x'0000000000000000 0100000000000000 FFFFFFFF'",
    "x'0000000000000000 0100000000000000 03000000'",
    "x'FFFFFFFFFFFFFFFF 0100000000000000 04000000'",
    "x'0000000000000000 FFFFFFFFFFFFFFFF 04000000'",
    "x'0000000000000000 FFFFFFFFFFFFFF7F 04000000'",
    "x'FFFFFFFFFFFFFF7F 0100000000000000 04000000'",
    "x'0000000000000000 0100000000000000 00000000'", "zeroblob(31)", "zeroblob(40)", "zeroblob(0)",
    "x'0200000000000000 0100000000000000 0300000000000000 0400000000000000'",
    "x'FFFFFFFFFFFFFFFF 0100000000000000 0300000000000000 0400000000000000'",
  ])
  func `steps that are not one per value, from 0 on and in order, are damage`(blob: String) throws {
    let store = try filled()
    for table in ["curve", "trajectory"] {
      let sql = "UPDATE \(table) SET steps = \(blob.replacing(" ", with: "")) WHERE trial = 'k0'"
      try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
      #expect(isDamaged { try readAll(store) })
      try store.save(support.trial("k0"))
    }
  }

  @Test(arguments: [
    ("scenario", "$.landscape.x.count", "4611686018427387904"),
    ("scenario", "$.landscape.x.count", "-2"), ("scenario", "$.landscape.y.upper", "-9"),
    ("scenario", "$.landscape.values", "json('[]')"), ("scenario", "$.name", "'other'"),
    ("scenario", "$.optimizers", "json('[]')"), ("scenario", "$.trials[0].seed", "-1"),
    ("scenario", "$.trials[1].optimizer", "'other'"), ("scenario", "$.budget.steps", "-1"),
    ("scenario", "$.budget.steps", "1e300"), ("scenario", "$.kind", "'x'"),
    ("scenario", "$.landscape.x.lower", "'nan'"), ("scenario", "$.landscape.x.upper", "'inf'"),
    ("tuning", "$.chosen", "1"), ("tuning", "$.chosen", "-1"), ("tuning", "$.length", "0"),
    ("tuning", "$.candidates[0].shares", "json('[]')"), ("tuning", "$.space[0].upper", "0.01"),
    ("tuning", "$.candidates[0].score", "'nan'"), ("tuning", "$.candidates[0].length", "4"),
    ("tuning", "$.candidates[0].settings.learning_rate", "'inf'"),
  ])
  func `a record that decodes and is impossible is damage`(
    table: String, place: String, value: String
  ) throws {
    let store = try filled()
    try readAll(store)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "UPDATE \(table) SET record = json_set(record, '\(place)', \(value))")
    }
    // As text, numbers that are not finite are what our writer leaves of them; elsewhere they are none.
    #expect(isDamaged { try readAll(store) } || place.hasSuffix("learning_rate"))
  }

  @Test func `tables and columns that are gone or others are damage`() throws {
    for change in [
      "DROP TABLE trial", "DROP TABLE curve", "DROP TABLE scenario",
      "ALTER TABLE trial DROP COLUMN status", "ALTER TABLE trial DROP COLUMN wall_seconds",
      "ALTER TABLE curve DROP COLUMN series", "ALTER TABLE trial RENAME COLUMN key TO name",
      "ALTER TABLE scenario RENAME TO other",
    ] {
      let store = try filled()
      try DatabaseQueue(path: path).write {
        try $0.execute(sql: "PRAGMA foreign_keys = OFF")
        try $0.execute(sql: change)
      }
      #expect(isDamaged { try readAll(Store(existingAt: path)) }, "\(change)")
      withExtendedLifetime(store) {}
      for name in [path, path + "-wal", path + "-shm"] {
        try? FileManager.default.removeItem(atPath: name)
      }
    }
  }

  @Test func `flipped bytes and a file that was cut off are damage or change nothing that is read`()
    throws
  {
    let store = try filled()
    let whole = [UInt8](try Data(contentsOf: copied(store)))
    var state: UInt64 = 11
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var damaged = 0
    for round in 0..<400 {
      var bytes = whole
      for _ in 0..<(1 + next(8)) { bytes[next(bytes.count)] ^= UInt8(1 << next(8)) }
      if round.isMultiple(of: 4) { bytes.removeLast(1 + next(bytes.count - 1)) }
      let copy = support.folder.file("flipped-\(round).sqlite")
      try Data(bytes).write(to: URL(fileURLWithPath: copy))
      do { try readAll(Store(existingAt: copy)) } catch {
        switch error as? StoreError {
        case .damaged?: damaged += 1
        // A flipped bit of the header may ask for a newer SQLite, or forbid writing.
        case .newer?, .cannotWrite?, .cannotOpen?: break
        default: Issue.record("\(error)")
        }
      }
      for ending in ["", "-wal", "-shm", ".lock", "-journal"] {
        try? FileManager.default.removeItem(atPath: copy + ending)
      }
    }
    #expect(damaged > 100)
  }
}
