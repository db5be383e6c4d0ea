/// Whole numbers, by rejection of the bits of a mask.
extension LegacyNumPyGenerator {
  /// Uniform on 0...`largest`; `randint(largest + 1)` and `choice(largest + 1)`.
  package mutating func integer(upTo largest: UInt32) -> Int {
    guard largest > 0 else { return 0 }
    let mask = UInt32.max >> largest.leadingZeroBitCount
    while true {
      let value = bits() & mask
      if value <= largest { return Int(value) }
    }
  }

  /// A random order of 0..<`count`; `permutation(count)`.
  package mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(upTo: UInt32(last)))
    }
    return order
  }
}
