/// The memory-bandwidth limit of a step: the same streams are read and written, and nothing else is computed.
///
/// No rule with as many slots can be faster.
package enum StreamRoof {
  /// The largest number of slots for which the limit can be measured.
  package static let largestSlotCount = 5

  /// A stepper that reads parameters, gradients and `slots` slots, and writes parameters and slots.
  package static func stepper(count: Int, slots: Int) -> Stepper<Float> {
    switch slots {
    case 0: .elementwise(count: count) { _ in Update<Streams0>() }
    case 1: .elementwise(count: count) { _ in Update<Streams1>() }
    case 2: .elementwise(count: count) { _ in Update<Streams2>() }
    case 3: .elementwise(count: count) { _ in Update<Streams3>() }
    case 4: .elementwise(count: count) { _ in Update<Streams4>() }
    case 5: .elementwise(count: count) { _ in Update<Streams5>() }
    default: preconditionFailure("no memory-bandwidth limit for \(slots) slots")
    }
  }

  /// One addition per stream: without it the compiler would remove the stream.
  private struct Update<Memory: Streams>: CoordinateUpdate {
    let initialMemory = Memory()

    @inline(__always)
    func update(_ parameter: inout Float, gradient: Float, memory: inout Memory) {
      parameter += gradient
      memory.add(gradient)
    }
  }
}

private protocol Streams: BitwiseCopyable, Sendable {
  init()
  mutating func add(_ value: Float)
}

private struct Streams0: Streams {
  @inline(__always) mutating func add(_ value: Float) {}
}

private struct Streams1: Streams {
  var a: Float = 0
  @inline(__always) mutating func add(_ value: Float) { a += value }
}

private struct Streams2: Streams {
  var (a, b): (Float, Float) = (0, 0)
  @inline(__always) mutating func add(_ value: Float) {
    a += value
    b += value
  }
}

private struct Streams3: Streams {
  var (a, b, c): (Float, Float, Float) = (0, 0, 0)
  @inline(__always) mutating func add(_ value: Float) {
    a += value
    b += value
    c += value
  }
}

private struct Streams4: Streams {
  var (a, b, c, d): (Float, Float, Float, Float) = (0, 0, 0, 0)
  @inline(__always) mutating func add(_ value: Float) {
    a += value
    b += value
    c += value
    d += value
  }
}

private struct Streams5: Streams {
  var (a, b, c, d, e): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
  @inline(__always) mutating func add(_ value: Float) {
    a += value
    b += value
    c += value
    d += value
    e += value
  }
}
