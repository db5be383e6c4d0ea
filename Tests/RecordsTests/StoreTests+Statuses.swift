import Foundation
import GRDB
import Records
import TestSupport
import Testing

/// How trials may end and where they ran, and what can befall a store.
extension StoreTests {
  // MARK: Statuses and environments

  private static let environment = RunEnvironment(
    processor: "p", cores: 2, operatingSystem: "o", swiftVersion: "6.3", blas: "b",
    blasKernels: "k", buildFlags: "release", revision: "r", packageVersion: "0.1.0")

  @Test func `environment, processor time and every status come back`() throws {
    let store = try Store(creatingAt: path)
    let statuses: [TrialStatus] = [
      .finished, .diverged(step: 0), .failed(reason: "no, \"memory\""),
    ]
    var trials = statuses.enumerated().map { trial("k\($0)", status: $1) }
    for index in trials.indices {
      trials[index].cpuSeconds = 0.5
      trials[index].environment = Self.environment
      try store.save(trials[index])
    }
    let keys = trials.map(\.key)
    let runs = try store.result(of: scenario(keys)).runs.map(\.trial)
    #expect(runs.map(\.status) == statuses)
    #expect(runs.allSatisfy { $0.environment == Self.environment && $0.cpuSeconds == 0.5 })
    // A failed trial is never served as done.
    #expect(try store.heldKeys(among: keys) == ["k0", "k1"])
  }

  @Test func `an interrupted trial is no run, and neither it nor a failure replaces a result`()
    throws
  {
    let store = try Store(creatingAt: path)
    try store.save(TrialRecord(key: "k0", configuration: "{}", without: .interrupted))
    let result = try store.result(of: scenario(["k0"]))
    #expect(result.runs.isEmpty && result.interrupted.map(\.trial.key) == ["k0"])
    #expect(try store.heldKeys(among: ["k0"]).isEmpty)
    try store.save(trial("k0"))
    for status in [TrialStatus.interrupted, .failed(reason: "late")] {
      try store.save(TrialRecord(key: "k0", configuration: "{}", without: status))
    }
    #expect(try store.result(of: scenario(["k0"])).runs.map(\.trial.status) == [.finished])
    #expect(try store.result(of: scenario(["k0"])).interrupted.isEmpty)
  }

  @Test func `a status that is none of ours is damage`() throws {
    let store = try Store(creatingAt: path)
    try store.save(trial("k"))
    try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE trial SET status = 'x'") }
    #expect(throws: StoreError.damaged(path: path, reason: "'status' of trial k")) {
      try store.result(of: scenario(["k"]))
    }
  }

  /// `store-1.sqlite` was written by the program of version 0.1.0, when the schema had one version.
  @Test func `a store of the first version opens, keeps its trials and takes new ones`() throws {
    let old = try #require(
      Bundle.module.url(forResource: "store-1", withExtension: "sqlite", subdirectory: "Resources"))
    let path = folder.file("old.sqlite")
    try FileManager.default.copyItem(atPath: old.path, toPath: path)
    #expect(
      try DatabaseQueue(path: path).read {
        try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations")
      } == ["1"])
    let store = try Store(existingAt: path)
    let record = try #require(try store.scenarios().first)
    let runs = try store.result(of: record).runs
    #expect(record.problem == .legacy("Sphere, f(x) = Σ xᵢ², dimension 3"))
    #expect(record.budget == .legacy("30 steps"))
    #expect(record.name == "old" && runs.map(\.optimizer) == ["sgd", "adam", "too fast"])
    #expect(runs[0].trial.status == .finished && runs[0].trial.steps == 30)
    #expect(runs[2].trial.status.divergedStep != nil)
    // x ← 0.8 x from (3, 2, 1): the loss falls by 0.64 a step, from 14.
    let loss = try #require(runs[0].trial.curve(.loss))
    #expect(loss.steps == Array(0...30) && loss.values[0] == 14)
    #expect(abs(loss.values[10] / (14 * pow(0.64, 10)) - 1) < 1e-14)
    #expect(runs.allSatisfy { $0.trial.environment == nil && $0.trial.cpuSeconds == nil })
    try store.save(trial("new"))
    #expect(try store.heldKeys(among: ["new"] + runs.map(\.trial.key)).count == 4)
  }

  /// A record as stores kept it before the fifth migration: with a description of the problem and of the budget.
  @Test func `a described problem stays a description, and no other number of its record changes`()
    throws
  {
    var former = scenario(["k0"])
    former.problem = .legacy("Ünïcode, \"f(x)\"; a: b")
    former.budget = .legacy("3 steps at most")
    former.landscape?.values = [0.1, Double(0.1).nextUp, 1e308, -.infinity]
    try Store(creatingAt: path).save(former)
    try DatabaseQueue(path: path).write {
      try $0.execute(
        sql: """
          UPDATE scenario SET record = json_set(record,
            '$.problem', json_extract(record, '$.problem.legacy'),
            '$.budget', json_extract(record, '$.budget.legacy'))
          """)
      try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '5'")
    }
    #expect(try Store(existingAt: path).scenarios() == [former])
  }

  @Test func `a full disk is an error, and what was stored is still there`() throws {
    let store = try Store(creatingAt: path)
    try store.save(trial("k0"))
    // SQLite says the same of a limit on its pages as of a device without room.
    let pages = try DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "PRAGMA page_count")
    }
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA max_page_count = \(pages ?? 0)") }
    let full = try Store(existingAt: path, configuration: configuration)
    var large = trial("k1")
    large.curves = [
      Curve(
        metric: .loss, steps: Array(0..<9999), epochs: nil,
        values: Array(repeating: 0.1, count: 9999))
    ]
    #expect(throws: StoreError.cannotWrite(path: path, reason: "database or disk is full")) {
      try full.save(large)
    }
    let keys = try Store(existingAt: path).heldKeys(among: ["k0", "k1"])
    #expect(keys == ["k0"])
  }

  @Test func `a damaged page is reported as such`() throws {
    var store: Store? = try Store(creatingAt: path)
    for number in 0..<20 { try store?.save(trial("k\(number)")) }
    store = nil
    try DatabaseQueue(path: path).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.seek(toOffset: 4096)
    try handle.write(contentsOf: Data(repeating: 0x5A, count: 8192))
    try handle.close()
    let keys = (0..<20).map { "k\($0)" }
    #expect { try Store(existingAt: path).result(of: scenario(keys)) } throws: { error in
      if case .damaged = error as? StoreError { true } else { false }
    }
  }

  @Test func `evenly spaced steps take a few bytes whatever their number`() throws {
    let store = try Store(creatingAt: path)
    for (key, steps) in [
      ("even", Array(stride(from: 3, to: 3003, by: 3))), ("uneven", [0, 1, 5]), ("two", [4, 9]),
    ] {
      var record = trial(key)
      record.trajectory = nil
      record.curves = [
        Curve(metric: .loss, steps: steps, epochs: nil, values: steps.map(Double.init))
      ]
      try store.save(record)
      #expect(try store.result(of: scenario([key])).runs.first?.trial.curves == record.curves)
    }
    let bytes = try DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "SELECT LENGTH(steps) FROM curve WHERE trial = 'even'")
    }
    #expect(bytes == 20)
  }

  @Test func `a folder that cannot be made is an error that names it`() throws {
    let obstacle = try folder.write("a file", to: "obstacle")
    #expect(throws: StoreError.self) { try Store(creatingAt: "\(obstacle)/store.sqlite") }
  }
}
