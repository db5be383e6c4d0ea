import Foundation

/// A thread that can be waited for.
///
/// Trials compute for seconds without a pause, which is what the cooperative pool of Swift's concurrency must not be
/// used for; and `--jobs` may ask for more threads than that pool has.
final class WorkerThread {
  private let thread: Thread
  private let done = DispatchSemaphore(value: 0)

  init(_ body: @escaping @Sendable () -> Void) {
    let done = done
    thread = Thread {
      body()
      done.signal()
    }
    thread.stackSize = 8 << 20
  }

  func start() { thread.start() }

  func join() { done.wait() }
}
