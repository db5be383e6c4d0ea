import Foundation

/// NumPy's legacy `RandomState`: MT19937 with Gaussians by the polar method. Only for problems that are defined by it.
///
/// Bits: Matsumoto and Nishimura 1998, seeded by their 2002 `init_genrand`; uniforms: their `genrand_res53`; normals: Marsaglia
/// and Bray 1964, the second of a pair first. Everything else is keyed by `RandomKey`.
package struct LegacyNumPyGenerator: Sendable {
  private static let size = 624
  private static let middle = 397

  private var state: [UInt32]
  private var position = LegacyNumPyGenerator.size
  private var spareNormal: Double?

  /// The stream of `numpy.random.RandomState(seed)`.
  package init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(Self.size)
    for index in 1..<Self.size {
      let last = state[index - 1]
      state.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(index))
    }
  }

  /// 32 random bits.
  package mutating func bits() -> UInt32 {
    if position == Self.size { refill() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= word << 7 & 0x9D2C_5680
    word ^= word << 15 & 0xEFC6_0000
    return word ^ word >> 18
  }

  /// Uniform on [0, 1), a multiple of 2⁻⁵³; `random_sample()`.
  package mutating func uniform() -> Double {
    let high = Double(bits() >> 5)
    let low = Double(bits() >> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /// Uniform on [lower, upper); `uniform(lower, upper)`.
  package mutating func uniform(from lower: Double, to upper: Double) -> Double {
    lower + (upper - lower) * uniform()
  }

  /// Standard normal; `standard_normal()`.
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let first = 2 * uniform() - 1
      let second = 2 * uniform() - 1
      let square = first * first + second * second
      guard square < 1, square != 0 else { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spareNormal = factor * first
      return factor * second
    }
  }

  private mutating func refill() {
    for index in 0..<Self.size {
      let next = state[(index + 1) % Self.size]
      let mixed = state[index] & 0x8000_0000 | next & 0x7FFF_FFFF
      let twist: UInt32 = next & 1 == 0 ? 0 : 0x9908_B0DF
      state[index] = state[(index + Self.middle) % Self.size] ^ mixed >> 1 ^ twist
    }
    position = 0
  }
}
