import Synchronization

/// A value that is computed once, at its first use.
final class Deferred<Value: Sendable>: Sendable {
  private enum State: Sendable {
    case pending(@Sendable () -> Value)
    case done(Value)
  }

  private let state: Mutex<State>

  init(_ make: @escaping @Sendable () -> Value) { state = Mutex(.pending(make)) }

  /// The value; other threads wait while it is computed.
  var value: Value {
    state.withLock { state in
      switch state {
      case .done(let value): return value
      case .pending(let make):
        let value = make()
        state = .done(value)
        return value
      }
    }
  }
}
