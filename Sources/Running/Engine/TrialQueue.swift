import Synchronization

/// Hands out trials to workers and remembers the first failure.
final class TrialQueue: Sendable {
  let trials: [Trial]

  private struct State {
    var next = 0
    var saved = 0
    var failure: (any Error)?
    var trialFailures: [EngineError] = []
  }
  private let state = Mutex(State())
  private let failed = Atomic(false)

  /// Costly trials first: a long one begun last would leave the other cores idle.
  init(_ trials: [Trial]) {
    self.trials = trials.enumerated()
      .sorted { ($1.element.cost, $0.offset) < ($0.element.cost, $1.offset) }.map(\.element)
  }

  /// The next trial with its index, or `nil` if there is none or one has failed.
  func next() -> (Int, Trial)? {
    state.withLock { state in
      guard state.failure == nil, state.next < trials.count else { return nil }
      defer { state.next += 1 }
      return (state.next, trials[state.next])
    }
  }

  func countSaved() { state.withLock { $0.saved += 1 } }

  func fail(with error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
    failed.store(true, ordering: .relaxed)
  }

  /// A trial that failed by itself; the others go on.
  func addFailure(_ error: EngineError) { state.withLock { $0.trialFailures.append(error) } }

  var trialFailures: [EngineError] { state.withLock { $0.trialFailures } }
  var hasFailed: Bool { failed.load(ordering: .relaxed) }
  var saved: Int { state.withLock { $0.saved } }
  var failure: (any Error)? { state.withLock { $0.failure } }
}
