import Foundation
import Records

/// Reports to other processes, beat by beat, that the trials of this one are under way.
final class Heartbeat: Sendable {
  private let stop = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// - Throws: `StoreError` if the store cannot be written to.
  init(of worker: String, in store: Store) throws {
    let process = ProcessIdentity.current.text
    try store.beat(worker, process: process)
    let (stop, done) = (stop, done)
    let thread = Thread {
      let interval = DispatchTimeInterval.milliseconds(
        Int(ClaimantWatch.interval.components.seconds) * 1000)
      while stop.wait(timeout: .now() + interval) == .timedOut {
        // A beat that fails is followed by another one; if all fail, so does the next trial's save, which says why.
        try? store.beat(worker, process: process)
      }
      // What was claimed and not run is free again.
      try? store.retire(worker)
      done.signal()
    }
    thread.start()
  }

  /// Ends the beats and gives all claims back.
  func end() {
    stop.signal()
    done.wait()
  }
}
