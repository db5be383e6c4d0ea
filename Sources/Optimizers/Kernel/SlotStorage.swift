/// The state of a rule: one contiguous array of `count` scalars for each field of its memory.
///
/// Arrays and not an array of structs: a step then reads and writes plain streams, which costs 15–20 % less
/// than interleaved fields once memory bandwidth is the limit.
final class SlotStorage<Scalar: KernelScalar> {
  let count: Int
  /// In snake_case, as files write them.
  let names: [String]
  /// Slot s of parameter i is at s · `count` + i.
  let base: UnsafeMutablePointer<Scalar>

  /// Number of fields of a memory; a constant once specialised.
  @inline(__always)
  static func slotCount<Memory>(of _: Memory.Type) -> Int {
    MemoryLayout<Memory>.size / MemoryLayout<Scalar>.size
  }

  /// Storage for `count` parameters, each field starting at its value in `initial`.
  init<Memory: BitwiseCopyable>(count: Int, initial: Memory) {
    let fields = Mirror(reflecting: initial).children
    precondition(
      fields.allSatisfy { $0.value is Scalar },
      "all fields of \(Memory.self) must be \(Scalar.self)")
    self.count = count
    names = fields.compactMap(\.label).map(\.snakeCased)
    base = .allocate(capacity: max(1, count * fields.count))
    for (slot, field) in fields.enumerated() {
      guard let value = field.value as? Scalar else { continue }
      (base + slot * count).initialize(repeating: value, count: count)
    }
  }

  deinit { base.deallocate() }

  var bytes: Int { count * names.count * MemoryLayout<Scalar>.size }
}
