/// Philox4x32-10, a counter-based generator: a block is a pure function of its counter and key.
///
/// Ten rounds of two 32×32→64 multiplications with a Weyl sequence as key schedule
/// (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3).
package enum Philox4x32 {
  package typealias Counter = SIMD4<UInt32>
  package typealias Key = SIMD2<UInt32>

  /// The four random words of `counter` with `key`.
  package static func block(_ counter: Counter, key: Key) -> SIMD4<UInt32> {
    var words = counter
    var key = key
    for round in 0..<10 {
      if round > 0 { key &+= weyl }
      let first = UInt64(words[0]) &* 0xD251_1F53
      let second = UInt64(words[2]) &* 0xCD9E_8D57
      words = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ words[1] ^ key[0],
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ words[3] ^ key[1],
        UInt32(truncatingIfNeeded: first))
    }
    return words
  }

  /// Golden ratio and √3 − 1 as 32-bit fractions.
  private static let weyl = Key(0x9E37_79B9, 0xBB67_AE85)
}
