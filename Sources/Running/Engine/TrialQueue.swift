import Foundation
import Records
import Synchronization

/// Hands out trials to the workers of this process, and leaves those to other processes that they run or have run.
final class TrialQueue: Sendable {
  /// What a worker does next.
  enum Turn {
    case run(Int, Trial)
    /// Other processes run what is left; ask again after a while.
    case wait
    case end
  }

  let trials: [Trial]
  let worker = UUID().uuidString
  private let store: Store
  private let jobs: Int
  /// Results from before it do not count.
  private let revision: Int?

  private struct State {
    /// The first trial that was not looked at.
    var next = 0
    /// Trials that are ours and not begun, the last one first.
    var ready: [Int] = []
    /// Trials that other processes hold.
    var held: [Int] = []
    var watch: ClaimantWatch
    var lastLook = SuspendingClock.now
    var saved = 0
    var elsewhere = 0
    /// Seconds that trials took.
    var time = 0.0
    var failure: (any Error)?
    var trialFailures: [EngineError] = []
  }
  private let state: Mutex<State>
  private let failed = Atomic(false)

  /// Between two looks at what other processes do.
  static let pause = 0.1
  /// Trials are claimed together that take about this long: a claim costs as much as a small trial.
  private static let batchSeconds = 0.2
  private static let largestBatch = 64

  /// Costly trials first: a long one begun last would leave the other cores idle.
  ///
  /// - Parameter revision: Of the store; results from before it do not count.
  init(
    _ trials: [Trial], store: Store, jobs: Int, after revision: Int? = nil,
    watch: ClaimantWatch = ClaimantWatch()
  ) {
    self.trials = trials.enumerated()
      .sorted { ($1.element.cost, $0.offset) < ($0.element.cost, $1.offset) }.map(\.element)
    self.store = store
    self.jobs = jobs
    self.revision = revision
    state = Mutex(State(watch: watch))
  }

  /// - Parameter elsewhere: Called for each trial that another process turns out to have done.
  /// - Throws: `StoreError`.
  func next(
    elsewhere: (_ index: Int, _ trial: Trial, _ diverged: Bool) -> Void
  ) throws(StoreError) -> Turn {
    let (result, done) = state.withLock { state in
      var done: [(Int, Bool)] = []
      let result = Result { () throws(StoreError) in try turn(&state, &done) }
      return (result, done)
    }
    for (index, diverged) in done { elsewhere(index, trials[index], diverged) }
    return try result.get()
  }

  private func turn(
    _ state: inout State, _ done: inout [(Int, Bool)]
  ) throws(StoreError) -> Turn {
    while true {
      guard state.failure == nil else { return .end }
      if let index = state.ready.popLast() { return .run(index, trials[index]) }
      if state.next < trials.count {
        let looked = try look(at: Array(state.next..<trials.count), &state, &done)
        state.next += looked
        continue
      }
      guard !state.held.isEmpty else { return .end }
      guard SuspendingClock.now - state.lastLook > .seconds(Self.pause / 2) else { return .wait }
      let held = state.held
      state.held = []
      let looked = try look(at: held, &state, &done)
      state.held += held[looked...]
      if state.ready.isEmpty, !state.held.isEmpty { return .wait }
    }
  }

  /// Claims some of the trials at `places`.
  ///
  /// - Returns: How many were looked at.
  private func look(
    at places: [Int], _ state: inout State, _ done: inout [(Int, Bool)]
  ) throws(StoreError) -> Int {
    state.lastLook = .now
    let claims = try store.claim(
      places.lazy.map { self.trials[$0].key }, limit: batch(state), for: worker, after: revision)
    var granted: [Int] = []
    var judged: [String: Bool] = [:]
    for (index, claim) in zip(places, claims) {
      switch claim {
      case .granted: granted.append(index)
      case .done(let diverged):
        state.elsewhere += 1
        done.append((index, diverged))
      case .held(let claimant):
        state.held.append(index)
        let isDead = judged[claimant.worker] ?? state.watch.isDead(claimant)
        judged[claimant.worker] = isDead
        if isDead { try store.retire(claimant.worker, at: claimant.beat) }
      }
    }
    state.ready += granted.reversed()
    return claims.count
  }

  private func batch(_ state: State) -> Int {
    guard state.saved > 0, state.time > 0 else { return jobs }
    let seconds = state.time / Double(state.saved)
    let count = Double(jobs) * Self.batchSeconds / seconds
    return Int(min(max(count, 1), Double(Self.largestBatch)))
  }

  func countSaved(seconds: Double) {
    state.withLock {
      $0.saved += 1
      $0.time += seconds
    }
  }

  func fail(with error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
    failed.store(true, ordering: .relaxed)
  }

  /// A trial that failed by itself; the others go on.
  func addFailure(_ error: EngineError) { state.withLock { $0.trialFailures.append(error) } }

  var trialFailures: [EngineError] { state.withLock { $0.trialFailures } }
  var hasFailed: Bool { failed.load(ordering: .relaxed) }
  var saved: Int { state.withLock { $0.saved } }
  /// Trials that other processes did meanwhile.
  var elsewhere: Int { state.withLock { $0.elsewhere } }
  var failure: (any Error)? { state.withLock { $0.failure } }
}
