import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import Synchronization
import TestSupport
import Testing

/// Several engines on one store, as several processes have them.
@Suite struct SharedStoreTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("store.sqlite")
  }

  private final class Counter: EngineObserver {
    let own = Mutex(0)
    let others = Mutex<[Bool]>([])

    func began(_ trials: [Trial], reused: Int) {}
    func progressed(_ index: Int, share: Double) {}
    func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) { own.withLock { $0 += 1 } }
    func finishedElsewhere(_ index: Int, _ trial: Trial, diverged: Bool) {
      others.withLock { $0.append(diverged) }
    }
    func ended() {}
  }

  private func plan(seeds: Int = 30) throws -> Plan {
    let text = """
      title: Shared
      problem: {surface: ellipse, gradient_noise: 0.1}
      budget: {steps: 200}
      seeds: \(seeds)
      optimizers: [sgd: {learning_rate: 0.01}, adam]
      """
    let file = try folder.write(text, to: "shared.yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: ChartNames([])).load([file])
    return try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
  }

  /// On a thread of its own: an engine blocks it, and blocked tasks would keep all other tests from running.
  private static func run(_ engine: Engine, fresh: Bool = false) async throws -> Engine.Outcome {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try engine.run(fresh: fresh) })
      }
    }
  }

  private static func record(of trial: Trial) -> TrialRecord {
    TrialRecord(
      key: trial.key, configuration: trial.configuration.json, status: .finished, steps: 1,
      epochs: 0, lossEvaluations: 2, gradientEvaluations: 2, parameters: 2, stateBytes: 0,
      wallSeconds: 0, curves: [], trajectory: nil)
  }

  @Test(arguments: [false, true])
  func `engines at the same time do each trial once, and both end with all of them`(fresh: Bool)
    async throws
  {
    let plan = try plan()
    let runs = Mutex<[String: Int]>([:])
    let stores = [try Store(creatingAt: path), try Store(existingAt: path)]
    if fresh {
      // Results from before must be run again, once.
      for trial in plan.trials { try stores[0].save(Self.record(of: trial)) }
    }
    let counters = [Counter(), Counter()]
    // Neither begins a trial before both look at the store.
    let arrived = Atomic(0)
    let outcomes = try await withThrowingTaskGroup(of: Engine.Outcome.self) { group in
      for (store, counter) in zip(stores, counters) {
        var engine = Engine(
          plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(), observer: counter)
        engine.runner = { trial, _ in
          arrived.add(1, ordering: .relaxed)
          while arrived.load(ordering: .relaxed) < 2 { Thread.sleep(forTimeInterval: 0.001) }
          runs.withLock { $0[trial.key, default: 0] += 1 }
          return Self.record(of: trial)
        }
        group.addTask { [engine] in try await Self.run(engine, fresh: fresh) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(runs.withLock { $0.count } == 60 && runs.withLock { $0.values.allSatisfy { $0 == 1 } })
    #expect(outcomes.allSatisfy { $0.missing == 0 && $0.run + $0.elsewhere == 60 })
    #expect(outcomes.reduce(0) { $0 + $1.run } == 60 && outcomes.allSatisfy { $0.run > 0 })
    #expect(
      counters.allSatisfy { counter in
        counter.own.withLock { $0 } + counter.others.withLock { $0.count } == 60
      })
    // Nothing is left behind.
    #expect(try stores[0].claim(["x"], limit: 1, for: "x") == [.granted])
  }

  /// A worker that claims `count` trials and does nothing.
  private func idleWorker(
    _ process: ProcessIdentity, claiming count: Int, of plan: Plan
  ) throws -> Store {
    let store = try Store(creatingAt: path)
    try store.beat("idle", process: process.text)
    let claims = try store.claim(plan.trials.map(\.key), limit: count, for: "idle")
    #expect(claims.count { $0 == .granted } == count)
    return store
  }

  @Test func `a dead process's trials are taken over at once`() throws {
    let plan = try plan(seeds: 4)
    var dead = ProcessIdentity.current
    // The number of this process, which began at another time: it was used before.
    dead.start += "0"
    let store = try idleWorker(dead, claiming: 8, of: plan)
    let outcome = try Engine(
      plan: plan, store: store, jobs: 2, cancellation: CancellationFlag(), observer: Counter()
    ).run(fresh: false)
    #expect(outcome == Engine.Outcome(run: 8, reused: 0, missing: 0))
  }

  @Test func `trials of a worker that is alive are waited for, and run once it gives them back`()
    async throws
  {
    let plan = try plan(seeds: 4)
    let store = try idleWorker(.current, claiming: 3, of: plan)
    let counter = Counter()
    var engine = Engine(
      plan: plan, store: store, jobs: 2, cancellation: CancellationFlag(), observer: counter)
    // The idle worker has no beat, and no time decides this test.
    engine.watch = ClaimantWatch(patience: .seconds(100_000))
    async let outcome = Self.run(engine)
    while counter.own.withLock({ $0 }) < 5 { try await Task.sleep(for: .milliseconds(5)) }
    // One is done there, two are given back.
    let key = try #require(plan.trials.first?.key)
    let trial = try #require(plan.trials.first { $0.key == key })
    try store.save(Self.record(of: trial))
    try store.retire("idle")
    #expect(try await outcome == Engine.Outcome(run: 7, reused: 0, elsewhere: 1, missing: 0))
  }

  @Test func `whoever waits for others can be interrupted`() async throws {
    let plan = try plan(seeds: 2)
    let store = try idleWorker(.current, claiming: 1, of: plan)
    let cancellation = CancellationFlag()
    let counter = Counter()
    var engine = Engine(
      plan: plan, store: store, jobs: 1, cancellation: cancellation, observer: counter)
    // The idle worker has no beat, and no time decides this test.
    engine.watch = ClaimantWatch(patience: .seconds(100_000))
    async let outcome = Self.run(engine)
    while counter.own.withLock({ $0 }) < 3 { try await Task.sleep(for: .milliseconds(5)) }
    cancellation.set()
    #expect(try await outcome == Engine.Outcome(run: 3, reused: 0, missing: 1))
  }

  @Test func `a trial that fails is given back`() throws {
    let plan = try plan(seeds: 1)
    let store = try Store(creatingAt: path)
    var engine = Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(), observer: Counter())
    engine.runner = { trial, _ in
      throw EngineError.unsuitable(scenario: "s", optimizer: "o", reason: "r")
    }
    #expect(try engine.run(fresh: false).failures.count == 2)
    let keys = plan.trials.map(\.key)
    #expect(try store.claim(keys, limit: 2, for: "other") == [.granted, .granted])
  }

  @Test func `a beat that stays the same for long enough is a dead worker's, on our clock alone`() {
    var watch = ClaimantWatch(patience: .seconds(10))
    let start = SuspendingClock.now
    func look(_ beat: Int, at seconds: Int) -> Bool {
      watch.isDead(
        Claimant(worker: "w", process: "another version's words", beat: beat),
        now: start + .seconds(seconds))
    }
    #expect((0...10).map { look(0, at: $0) }.allSatisfy { !$0 })
    #expect(look(0, at: 11))
    // A new beat starts anew, whichever way it went.
    #expect(!look(-1, at: 100))
    // After a pause of our own, one look is not enough.
    #expect(!look(-1, at: 1000) && !look(-1, at: 1001))
    #expect((1002...1004).map { look(-1, at: $0) } == [false, false, true])
  }

  @Test func `a process is gone only where that is certain`() {
    let current = ProcessIdentity.current
    #expect(!current.isGone && ProcessIdentity(text: current.text) == current)
    var other = current
    other.start += "1"
    #expect(other.isGone)
    other.machine += "x"
    #expect(!other.isGone)
    // Above the largest process number of Linux.
    var missing = current
    missing.process = 1 << 30
    #expect(missing.isGone)
    missing.machine = ""
    #expect(!missing.isGone && ProcessIdentity(text: "{}") == nil)
  }
}
