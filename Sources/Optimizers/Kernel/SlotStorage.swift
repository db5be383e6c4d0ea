/// The state of a rule: one contiguous array of `count` scalars for each slot, and single numbers.
///
/// Arrays and not an array of structs: a step then reads and writes plain streams, which costs 15–20 % less
/// than interleaved fields once memory bandwidth is the limit.
final class SlotStorage<Scalar: KernelScalar> {
  let count: Int
  /// That a step may use.
  var threads = 1
  /// Whether a step that evaluates losses and gradients itself should end early.
  var isCancelled: () -> Bool = { false }
  /// In snake_case, as files write them.
  let names: [String]
  /// Slot s of parameter i is at s · `count` + i.
  let base: UnsafeMutablePointer<Scalar>
  /// Names of the single numbers, in snake_case.
  let quantityNames: [String]
  /// Numbers that a rule keeps of the whole vector or of each tensor.
  let quantities: UnsafeMutablePointer<Double>
  /// Scalars that are no slot: factored moments, and scratch that lives as long as the state.
  let extra: UnsafeMutablePointer<Scalar>
  private let extraCount: Int

  /// Number of fields of a memory; a constant once specialized.
  @inline(__always)
  static func slotCount<Memory>(of _: Memory.Type) -> Int {
    MemoryLayout<Memory>.size / MemoryLayout<Scalar>.size
  }

  /// Storage for `count` parameters, each field starting at its value in `initial`.
  convenience init<Memory: BitwiseCopyable>(
    count: Int, initial: Memory, quantities: KeyValuePairs<String, Double> = [:]
  ) {
    let fields = Mirror(reflecting: initial).children
    precondition(
      fields.allSatisfy { $0.value is Scalar },
      "all fields of \(Memory.self) must be \(Scalar.self)")
    self.init(
      count: count, slots: fields.compactMap(\.label).map(\.snakeCased),
      quantities: quantities.map { ($0.key, $0.value) })
    for (slot, field) in fields.enumerated() {
      guard let value = field.value as? Scalar else { continue }
      self[slot].update(repeating: value, count: count)
    }
  }

  /// Storage for `count` parameters, all slots and extra scalars starting at 0.
  init(
    count: Int, slots: [String], quantities: [(name: String, value: Double)] = [], extra: Int = 0
  ) {
    self.count = count
    names = slots
    base = Self.zeros(count * slots.count)
    quantityNames = quantities.map(\.name)
    self.quantities = .allocate(capacity: max(1, quantities.count))
    self.quantities.initialize(repeating: 0, count: max(1, quantities.count))
    for (index, quantity) in quantities.enumerated() { self.quantities[index] = quantity.value }
    self.extra = Self.zeros(extra)
    extraCount = extra
  }

  deinit {
    base.deallocate()
    quantities.deallocate()
    extra.deallocate()
  }

  /// The `count` values of a slot.
  @inline(__always)
  subscript(slot: Int) -> UnsafeMutablePointer<Scalar> { base + slot &* count }

  var bytes: Int {
    (count * names.count + extraCount) * MemoryLayout<Scalar>.size
      + quantityNames.count * MemoryLayout<Double>.size
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Scalar> {
    let pointer = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, count))
    pointer.initialize(repeating: 0, count: max(1, count))
    return pointer
  }
}
