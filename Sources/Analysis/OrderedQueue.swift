import Foundation

/// Numbers that threads take; their results are received one by one in the order of the numbers.
final class OrderedQueue<Result: Sendable>: @unchecked Sendable {
  // All mutable state is protected by the condition's lock; `receive` is called by one thread at a time.
  private let condition = NSCondition()
  private let count: Int
  private let ahead: Int
  private let receive: (Result) throws -> Void
  private var taken = 0
  private var done = 0
  private var error: (any Error)?

  /// - Parameter ahead: Maximal number of waiting results, which bounds memory.
  init(count: Int, ahead: Int, receive: @escaping (Result) throws -> Void) {
    self.count = count
    self.ahead = ahead
    self.receive = receive
  }

  /// - Returns: `nil` after the last number or after a failure.
  func next() -> Int? {
    condition.withLock {
      while error == nil, taken < count, taken >= done + ahead { condition.wait() }
      guard error == nil, taken < count else { return nil }
      defer { taken += 1 }
      return taken
    }
  }

  /// Waits for all smaller numbers; after a failure nothing more is received.
  func handIn(_ result: Result, as index: Int) throws {
    let isMine = condition.withLock {
      while error == nil, done < index { condition.wait() }
      return error == nil
    }
    guard isMine else { return }
    // No other thread continues before this result is counted.
    try receive(result)
    condition.withLock {
      done += 1
      condition.broadcast()
    }
  }

  func fail(with error: any Error) {
    condition.withLock {
      self.error = self.error ?? error
      condition.broadcast()
    }
  }

  var failure: (any Error)? { condition.withLock { error } }
}
