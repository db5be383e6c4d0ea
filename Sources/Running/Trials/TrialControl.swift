import Synchronization

/// Cancellation and progress of a running trial.
package struct TrialControl: Sendable {
  /// Asks the trial to stop; it then ends without a result.
  let isCancelled: @Sendable () -> Bool
  /// Called now and then with the fraction of the work that is done, 0 to 1.
  let progress: @Sendable (Double) -> Void
  /// That a step on many parameters may use; changes no result.
  let threads: Int

  package init(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }, threads: Int = 1
  ) {
    self.isCancelled = isCancelled
    self.progress = progress
    self.threads = threads
  }
}

/// A switch that is thrown once, from any thread or signal handler's queue.
package final class CancellationFlag: Sendable {
  private let flag = Atomic(false)

  package init() {}

  package var isSet: Bool { flag.load(ordering: .relaxed) }

  package func set() { flag.store(true, ordering: .relaxed) }
}
