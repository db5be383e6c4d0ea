import Foundation

/// The stream of random numbers of one key.
///
/// Counter words: block index, step, epoch, purpose (8 bits) with seed index (24 bits); the Philox key is
/// the master seed.
package struct KeyedGenerator: RandomNumberGenerator, Sendable {
  private let key: Philox4x32.Key
  private var counter: Philox4x32.Counter
  private var words = SIMD4<UInt32>()
  private var position = 4
  private var spareNormal: Double?

  init(key: RandomKey) {
    self.key = Philox4x32.Key(
      UInt32(truncatingIfNeeded: key.masterSeed), UInt32(truncatingIfNeeded: key.masterSeed >> 32))
    counter = Philox4x32.Counter(
      0, UInt32(truncatingIfNeeded: key.step), UInt32(truncatingIfNeeded: key.epoch),
      key.purpose.rawValue << 24 | UInt32(key.seedIndex))
  }

  package mutating func next() -> UInt64 {
    if position >= 4 {
      words = Philox4x32.block(counter, key: key)
      counter[0] &+= 1
      position = 0
    }
    defer { position += 2 }
    return UInt64(words[position]) << 32 | UInt64(words[position + 1])
  }

  /// Uniform on [0, 1), a multiple of 2⁻⁵³.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal (Box and Muller 1958); drawn in pairs.
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    // 1 − u is in (0, 1], so the logarithm is finite.
    let radius = (-2 * log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spareNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  /// Uniform integer below `bound`, without bias (Lemire 2019, "Fast random integer generation in an interval").
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "no nonnegative integer is below \(bound)")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A uniformly random order of 0..<count (Fisher and Yates).
  ///
  /// Written out because the standard library does not guarantee the draws of its shuffle.
  package mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }
}
