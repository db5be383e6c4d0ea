import Foundation
import GRDB
import Records
import TestSupport
import Testing

@Suite struct StoreTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("deep/er/store.sqlite")
  }

  func trial(_ key: String, status: TrialStatus = .finished) -> TrialRecord {
    TrialRecord(
      key: key, configuration: #"{"rule":"sgd"}"#, status: status, steps: 3, epochs: 1,
      lossEvaluations: 4, gradientEvaluations: 4, parameters: 2, stateBytes: 16,
      wallSeconds: 0.25,
      curves: [
        Curve(
          metric: .loss, steps: [0, 1, 2, 3], epochs: nil,
          values: [0.1, -.infinity, 1e308, Double(0.1).nextUp]),
        Curve(metric: .testAccuracy, steps: [0, 3], epochs: [0, 1], values: [0.1, 0.9]),
      ],
      trajectory: Trajectory(
        steps: [0, 1], x: [1, 2], y: [-0.0, .leastNonzeroMagnitude], loss: [1, .nan]))
  }

  func scenario(_ keys: [String]) -> ScenarioRecord {
    ScenarioRecord(
      name: "example", title: "An \"example\", ünïcode", problem: .legacy("p"), budget: .steps(3),
      kind: .surface, rankedBy: .loss, target: Target(metric: .loss, value: 0.5),
      optimizers: [
        Participant(
          label: "a", rule: "sgd",
          hyperparameters: [
            "learning_rate": .number(0.1), "maximize": .flag(false), "form": .text("average"),
          ])
      ],
      trials: keys.enumerated().map { TrialReference(optimizer: "a", seed: $0, key: $1) },
      charts: ["loss"],
      landscape: Landscape(
        x: .init(lower: 0, upper: 1, count: 2), y: .init(lower: -1, upper: 1, count: 2),
        values: [1, 2, .infinity, 4], start: .init(x: 0, y: 0),
        landmarks: [.init(kind: .saddle, point: .init(x: 0.5, y: 0))]))
  }

  @Test func `what is saved is read back bit for bit by another store`() throws {
    let writer = try Store(creatingAt: path)
    let saved = [trial("k0"), trial("k1", status: .diverged(step: 2))]
    for trial in saved { try writer.save(trial) }
    try writer.save(scenario(["k0", "k1"]))
    let reader = try Store(existingAt: path)
    #expect(try reader.scenarios() == [scenario(["k0", "k1"])])
    let result = try reader.result(of: scenario(["k0", "k1"]))
    #expect(result.missing == 0)
    #expect(result.runs.map(\.trial.status) == [.finished, .diverged(step: 2)])
    for (run, trial) in zip(result.runs, saved) {
      #expect(run.trial.curves == trial.curves)
      // NaN is not equal to itself; its bits are.
      #expect(
        run.trial.trajectory?.loss.map(\.bitPattern) == trial.trajectory?.loss.map(\.bitPattern))
      #expect(run.trial.trajectory?.y.map(\.bitPattern) == trial.trajectory?.y.map(\.bitPattern))
      #expect(run.trial.configuration == trial.configuration)
    }
  }

  @Test func `a part of the trials, and of their ways, is what was asked for`() throws {
    let store = try Store(creatingAt: path)
    for key in ["k0", "k2", "k3"] { try store.save(trial(key)) }
    let record = scenario(["k0", "k1", "k2", "k3"])
    let all = try store.result(of: record)
    #expect(all.runs.map(\.seed) == [0, 2, 3])
    let part = try store.result(of: record, places: 1..<3, trajectories: .all)
    #expect(part.runs.map(\.seed) == [2])
    #expect(part.runs[0].trial.trajectory?.x == all.runs[1].trial.trajectory?.x)
    let none = try store.result(of: record, trajectories: .none)
    #expect(none.runs.map { $0.trial.trajectory == nil } == [true, true, true])
    #expect(none.runs.map(\.trial.curves) == all.runs.map(\.trial.curves))
  }

  @Test func `a trial saved twice is there once, with its newest content`() throws {
    let store = try Store(creatingAt: path)
    try store.save(trial("k"))
    var again = trial("k")
    again.steps = 99
    again.curves.removeLast()
    again.trajectory = nil
    try store.save(again)
    let result = try store.result(of: scenario(["k"]))
    #expect(result.runs.map(\.trial) == [again])
  }

  @Test func `trials that are not there are counted as missing`() throws {
    let store = try Store(creatingAt: path)
    try store.save(trial("k1"))
    #expect(try store.heldKeys(among: ["k0", "k1"]) == ["k1"])
    #expect(try store.result(of: scenario(["k0", "k1"])).missing == 1)
  }

  @Test func `two stores may write one file at the same time`() async throws {
    let stores = [try Store(creatingAt: path), try Store(creatingAt: path)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, store) in stores.enumerated() {
        group.addTask {
          for number in 0..<50 { try store.save(trial("\(index)-\(number)")) }
        }
      }
      try await group.waitForAll()
    }
    let keys = (0..<2).flatMap { index in (0..<50).map { "\(index)-\($0)" } }
    #expect(try stores[0].heldKeys(among: keys).count == 100)
  }

  @Test func `many may make one store at the same time`() async throws {
    for round in 0..<10 {
      let path = folder.file("round\(round).sqlite")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 { group.addTask { _ = try Store(creatingAt: path) } }
        try await group.waitForAll()
      }
    }
  }

  @Test func `a database of another program is refused and left as it is`() throws {
    let path = folder.file("other.sqlite")
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
    #expect(
      throws: StoreError.damaged(path: path, reason: "a database of another program")
    ) { try Store(existingAt: path) }
    let tables = try DatabaseQueue(path: path).read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_master")
    }
    #expect(tables == ["theirs"])
  }

  @Test func `a trial whose columns do not fit each other is damage, not a crash`() throws {
    let store = try Store(creatingAt: path)
    try store.save(trial("k"))
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "UPDATE curve SET series = x'00'")
    }
    #expect(throws: StoreError.damaged(path: path, reason: "a curve of trial k")) {
      try store.result(of: scenario(["k"]))
    }
  }

  @Test func `the reason for a stop, the restored epoch and layers' curves come back`() throws {
    var saved = trial("k")
    saved.stopReason = .earlyStopping
    saved.restoredEpoch = 1
    saved.curves.append(
      Curve(metric: .gradientNorm, layer: "1-dense", steps: [0], epochs: [1], values: [2]))
    saved.curves.append(Curve(metric: .gradientNorm, steps: [0], epochs: [1], values: [3]))
    let store = try Store(creatingAt: path)
    try store.save(saved)
    let read = try store.result(of: scenario(["k"])).runs[0].trial
    #expect(read.stopReason == .earlyStopping && read.restoredEpoch == 1)
    #expect(read.curves == saved.curves)
    #expect(read.curve(.gradientNorm)?.values == [3])
    #expect(read.result(of: .testAccuracy) == 0.9 && read.result(of: .testLoss) == nil)
  }

  /// A store as the first version left it: without the second migration's columns.
  @Test func `a store of the first version opens, its trials ended with their budget or diverged`()
    throws
  {
    let store = try Store(creatingAt: path)
    for trial in [trial("k0"), trial("k1", status: .diverged(step: 2))] { try store.save(trial) }
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "ALTER TABLE trial DROP COLUMN stop_reason")
      try $0.execute(sql: "ALTER TABLE trial DROP COLUMN restored_epoch")
      try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '2'")
    }
    let opened = try Store(existingAt: path)
    let runs = try opened.result(of: scenario(["k0", "k1"])).runs
    #expect(runs.map(\.trial.stopReason) == [.budget, .divergence])
    #expect(runs.allSatisfy { $0.trial.restoredEpoch == nil })
  }

  @Test func `what was spent by each step is read back, and a store without it opens`() throws {
    let store = try Store(creatingAt: path)
    // Its path has a value that equals nothing, not even itself.
    func trial(_ key: String) -> TrialRecord {
      var trial = self.trial(key)
      trial.trajectory = nil
      return trial
    }
    var spent = trial("k0")
    spent.evaluationCounts = EvaluationCounts(
      steps: [0, 0, 1, 3], losses: [0, 1, 9, 10], gradients: [0, 1, 8, 11])
    spent.clock = ClockReadings(steps: [0, 3], seconds: [1e-9, 0.25])
    for trial in [spent, trial("k1")] { try store.save(trial) }
    #expect(try store.trial("k0") == spent && store.trial("k1") == trial("k1"))
    try DatabaseQueue(path: path).write { database in
      for column in [
        "count_steps", "loss_counts", "gradient_counts", "clock_steps", "clock_seconds",
      ] { try database.execute(sql: "ALTER TABLE trial DROP COLUMN \(column)") }
      try database.execute(
        sql: "DELETE FROM grdb_migrations WHERE identifier = '7'")
    }
    #expect(try Store(existingAt: path).trial("k0") == trial("k0"))
  }

  @Test(arguments: ["loss_counts = x'00'", "gradient_counts = NULL", "clock_seconds = NULL"])
  func `counts that do not fit their steps are damage`(change: String) throws {
    let store = try Store(creatingAt: path)
    // Its path has a value that equals nothing, not even itself.
    func trial(_ key: String) -> TrialRecord {
      var trial = self.trial(key)
      trial.trajectory = nil
      return trial
    }
    var spent = trial("k0")
    spent.evaluationCounts = EvaluationCounts(steps: [0, 5], losses: [1, 9], gradients: [1, 8])
    spent.clock = ClockReadings(steps: [0, 3], seconds: [1e-9, 0.25])
    try store.save(spent)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE trial SET \(change)") }
    #expect(throws: StoreError.self) { try store.trial("k0") }
  }

  @Test func `an unknown reason for a stop is damage, not a guess`() throws {
    let store = try Store(creatingAt: path)
    try store.save(trial("k"))
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "UPDATE trial SET stop_reason = 'boredom'")
    }
    #expect(throws: StoreError.damaged(path: path, reason: "'stop_reason' of trial k")) {
      try store.result(of: scenario(["k"]))
    }
  }

  @Test func `a store that is not there is no store, and is not made by looking`() {
    #expect(throws: StoreError.noResults(path: path)) { try Store(existingAt: path) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a file that is no store is refused and left as it is`() throws {
    let text = String(repeating: "no database, only text. ", count: 100)
    let path = try folder.write(text, to: "other.sqlite")
    #expect(throws: StoreError.self) { try Store(creatingAt: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func `a store of a newer version is refused`() throws {
    _ = try Store(creatingAt: path)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9')")
    }
    #expect(throws: StoreError.newer(path: path, version: "9")) { try Store(existingAt: path) }
  }
}
