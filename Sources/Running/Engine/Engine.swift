import Foundation
import Networks
package import Records
import Scenarios

/// Runs trials side by side on threads of their own and saves each one as it ends.
///
/// Which thread runs which trial, and in what order, changes no result: every random number is keyed.
package struct Engine: Sendable {
  private let plan: Plan
  private let store: Store
  private let jobs: Int
  private let isRestricted: Bool
  private let keepsCurves: Bool
  private let cancellation: CancellationFlag
  private let observer: any EngineObserver
  private let environment: RunEnvironment?
  /// What runs a trial, in place of the engine; tests make trials fail with it.
  package var runner: (@Sendable (Trial, TrialControl) throws -> TrialRecord?)?

  /// - Parameters:
  ///   - jobs: trials that run at once, at least 1.
  ///   - isRestricted: whether only some of a scenario's optimizers are run; the tables then keep the others.
  ///   - keepsCurves: whether curves are kept whole; or else their ends, which is all that a search asks for.
  ///   - environment: stored with every trial.
  ///   - observer: called with progress, from any thread.
  package init(
    plan: Plan, store: Store, jobs: Int, isRestricted: Bool = false, keepsCurves: Bool = true,
    cancellation: CancellationFlag, environment: RunEnvironment? = nil,
    observer: any EngineObserver
  ) {
    precondition(jobs >= 1, "a run needs a thread")
    self.plan = plan
    self.store = store
    self.jobs = jobs
    self.isRestricted = isRestricted
    self.keepsCurves = keepsCurves
    self.cancellation = cancellation
    self.observer = observer
    self.environment = environment
  }

  /// What a run came to.
  package struct Outcome: Sendable, Equatable {
    /// Trials that were run now.
    package var run: Int
    /// Trials that the store held already.
    package var reused: Int
    /// Trials that other processes did meanwhile.
    package var elsewhere: Int
    /// Of all trials wanted, those that are still missing after an interruption.
    package var missing: Int
    /// Why trials failed; they are stored as failed and run again next time.
    package var failures: [EngineError]

    package init(
      run: Int, reused: Int, elsewhere: Int = 0, missing: Int, failures: [EngineError] = []
    ) {
      self.failures = failures
      self.run = run
      self.reused = reused
      self.elsewhere = elsewhere
      self.missing = missing
    }
  }

  /// Saves the plan's scenarios, then runs what the store does not hold. Processes that run at the same time share the trials,
  /// and each returns when all are done.
  ///
  /// - Parameter fresh: runs everything again that was stored before.
  /// A trial that fails is stored as such and leaves the others alone.
  /// - Throws: `StoreError`; what was saved by then stays.
  package func run(fresh: Bool) throws -> Outcome {
    let former = isRestricted ? try store.scenarios() : []
    for record in plan.records {
      try store.save(record.keepingOptimizers(of: former.first { $0.name == record.name }))
    }
    // Scenarios may share a trial; it is run once.
    var seen: Set<String> = []
    let wanted = plan.trials.filter { seen.insert($0.key).inserted }
    let held = fresh ? [] : try store.heldKeys(among: wanted.map(\.key))
    let queue = TrialQueue(
      wanted.filter { !held.contains($0.key) }, store: store, jobs: jobs,
      after: fresh ? try store.revision() : nil)
    observer.began(queue.trials, reused: held.count)
    let heartbeat = queue.trials.isEmpty ? nil : try Heartbeat(of: queue.worker, in: store)
    let threads = (0..<min(jobs, max(1, queue.trials.count))).map { _ in
      WorkerThread { work(queue) }
    }
    for thread in threads { thread.start() }
    for thread in threads { thread.join() }
    heartbeat?.end()
    observer.ended()
    if let failure = queue.failure { throw failure }
    return Outcome(
      run: queue.saved, reused: held.count, elsewhere: queue.elsewhere,
      missing: queue.trials.count - queue.saved - queue.elsewhere - queue.trialFailures.count,
      failures: queue.trialFailures)
  }

  private func work(_ queue: TrialQueue) {
    let threads = max(1, jobs / min(jobs, max(1, queue.trials.count)))
    do {
      while !cancellation.isSet {
        switch try queue.next(elsewhere: { observer.finishedElsewhere($0, $1, diverged: $2) }) {
        case .run(let index, let trial):
          guard try run(trial, index, queue, threads: threads) else { return }
        case .wait: Thread.sleep(forTimeInterval: TrialQueue.pause)
        case .end: return
        }
      }
    } catch {
      queue.fail(with: error)
    }
  }

  /// Runs a trial and saves what it left.
  ///
  /// - Parameter threads: That no other trial needs.
  /// - Returns: Whether it came to its end.
  private func run(
    _ trial: Trial, _ index: Int, _ queue: TrialQueue, threads: Int
  ) throws -> Bool {
    let control = TrialControl(
      isCancelled: { cancellation.isSet || queue.hasFailed },
      progress: { observer.progressed(index, share: $0) }, threads: threads)
    let begin = ProcessorClock.seconds(ofAllThreads: threads > 1)
    let start = ContinuousClock.now
    guard var record = try attempt(trial, control, queue) else {
      try store.save(
        TrialRecord(
          key: trial.key, configuration: trial.configuration.json, without: .interrupted))
      return false
    }
    record.cpuSeconds = ProcessorClock.seconds(ofAllThreads: threads > 1) - begin
    record.environment = environment
    try store.save(keepsCurves ? record : record.condensed)
    guard !record.status.isFailure else {
      try store.release(trial.key, of: queue.worker)
      return true
    }
    queue.countSaved(seconds: (ContinuousClock.now - start).seconds)
    observer.finished(index, trial, record)
    return true
  }

  /// - Returns: What the trial left, a failed one its reason; `nil` if it was cancelled.
  private func attempt(
    _ trial: Trial, _ control: TrialControl, _ queue: TrialQueue
  ) throws -> TrialRecord? {
    do {
      return try runner.map { try $0(trial, control) } ?? run(trial, control)
    } catch let error as EngineError {
      queue.addFailure(error)
      return TrialRecord(
        key: trial.key, configuration: trial.configuration.json,
        without: .failed(reason: error.reason))
    }
  }

  /// Runs one trial and saves nothing.
  ///
  /// - Returns: What it left, or `nil` if it was cancelled.
  package func run(_ trial: Trial, _ control: TrialControl) throws -> TrialRecord? {
    switch (trial.problem, trial.budget) {
    case (.surface(let problem), .steps(let steps)):
      return SurfaceTrial.run(trial, on: problem, steps: steps, control: control)
    case (.network(let task), .epochs(let epochs)):
      guard let dataset = plan.datasets.dataset(for: task) else {
        preconditionFailure("the plan loads every data set")
      }
      do throws(NetworkError) {
        return try NetworkTrial.run(
          trial, on: task, dataset: dataset, epochs: epochs, control: control)
      } catch {
        throw EngineError.unsuitable(
          scenario: trial.scenario, optimizer: trial.entrant.label, reason: "\(error)")
      }
    default: preconditionFailure("the reader pairs problems with their budgets")
    }
  }
}

/// Why a trial could not be run at all.
package enum EngineError: Error, Equatable, CustomStringConvertible {
  case unsuitable(scenario: String, optimizer: String, reason: String)

  var reason: String {
    switch self {
    case .unsuitable(_, _, let reason): reason
    }
  }

  package var description: String {
    switch self {
    case .unsuitable(let scenario, let optimizer, let reason):
      "\(scenario), \(optimizer): \(reason)"
    }
  }
}

/// Receives a run's progress; calls come from several threads.
package protocol EngineObserver: Sendable {
  /// `trials` are about to run; `reused` more are in the store already.
  func began(_ trials: [Trial], reused: Int)
  /// A trial (its index among those that began) has done this share of its work.
  func progressed(_ index: Int, share: Double)
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord)
  /// Another process has done a trial.
  func finishedElsewhere(_ index: Int, _ trial: Trial, diverged: Bool)
  /// Nothing more will come.
  func ended()
}

extension EngineObserver {
  package func finishedElsewhere(_ index: Int, _ trial: Trial, diverged: Bool) {}
}
