package import Randomness

/// Points that fill the unit cube evenly: coordinate j of point i is i written in the j-th prime base and mirrored at the
/// point (Halton 1960).
///
/// In many dimensions neighboring coordinates are correlated; a random permutation of the digits at each place (Owen 2017,
/// "A randomized Halton algorithm in R") breaks that and keeps the evenness.
package struct HaltonSequence: Sendable {
  private let bases: [Int]
  /// For each base, a permutation of its digits for each place.
  private let permutations: [[[Int]]]

  private static let primes = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71,
  ]
  /// More than anyone searches.
  package static let dimensionLimit = primes.count

  /// - Parameter scrambling: what draws the permutations; `nil` leaves the digits as they are.
  package init(dimension: Int, scrambling: RandomKey?) {
    precondition((1...Self.dimensionLimit).contains(dimension), "no such cube")
    bases = Array(Self.primes.prefix(dimension))
    var generator = scrambling?.generator()
    permutations = bases.map { base in
      (0..<Self.places(base)).map { _ in
        generator?.permutation(of: base) ?? Array(0..<base)
      }
    }
  }

  /// Digits that a fraction of 53 bits has in a base.
  private static func places(_ base: Int) -> Int {
    var places = 0
    var scale = 1.0
    while scale < 0x1p53 {
      scale *= Double(base)
      places += 1
    }
    return places
  }

  /// Point `index`, counted from 0; each coordinate is at least 0 and below 1.
  package func point(_ index: Int) -> [Double] {
    zip(bases, permutations).map { base, permutations in
      var rest = index
      var scale = 1.0
      var sum = 0.0
      // Leading zeros count too: they are permuted like every other digit.
      for permutation in permutations {
        scale /= Double(base)
        sum += Double(permutation[rest % base]) * scale
        rest /= base
      }
      return min(sum, 1.0.nextDown)
    }
  }
}
