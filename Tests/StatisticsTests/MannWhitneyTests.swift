import Randomness
import Statistics
import Testing

/// The Mann–Whitney test against SciPy 1.17.1 and enumeration.
struct MannWhitneyTests {
  @Test func `the Mann–Whitney test is SciPy's`() throws {
    // scipy.stats.mannwhitneyu([19, 22, 16, 29, 24], [20, 11, 17, 12], method='exact')
    let small = try #require(MannWhitneyTest([19, 22, 16, 29, 24], [20, 11, 17, 12]))
    #expect(small.u == 17 && same(small.pValue, 1.0 / 9))
    // scipy.stats.permutation_test((a, b), U, n_resamples=inf): all 792 ways.
    let ties = try #require(MannWhitneyTest([1, 2, 2, 3, 5, 5, 7], [2, 4, 5, 6, 8]))
    #expect(ties.u == 11 && same(ties.pValue, 0.3409090909090909))
    // scipy.stats.mannwhitneyu(a, b, method='exact'); the normal approximation of the second is 8.7e-4.
    let many = (0..<60).map { (index: Int) -> Double in Double((index * 37) % 101) / 8 }
    for (shift, u, expected) in [
      (1.01, 1_377.0, 0.46364657708801454), (3.01, 945, 0.0007566136734661126),
    ] {
      let others = (0..<50).map { (index: Int) -> Double in Double((index * 53) % 97) / 8 + shift }
      let test = try #require(MannWhitneyTest(many, others))
      #expect(test.u == u && test.isExact && same(test.pValue, expected))
      let mirrored = try #require(MannWhitneyTest(others, many))
      #expect(same(mirrored.pValue, expected))
    }
    // scipy.stats.mannwhitneyu(a, b, method='asymptotic')
    let first = (0..<110).map { (index: Int) -> Double in Double((index * 37) % 257) / 8 }
    let second = (0..<120).map { (index: Int) -> Double in Double((index * 53) % 251) / 8 + 2.01 }
    let large = try #require(MannWhitneyTest(first, second))
    #expect(large.u == 5_833 && !large.isExact && same(large.pValue, 0.12836478297526824))
    #expect(MannWhitneyTest([], [1]) == nil)
  }

  /// All choices of the first sample counted out.
  @Test func `two samples with ties are all counted`() throws {
    var generator = RandomKey(masterSeed: 4, purpose: .resampling).generator()
    for (count, others) in [(1, 6), (3, 3), (4, 2), (5, 6), (2, 7)] {
      let values = (0..<(count + others)).map { _ in Double(generator.integer(below: 5)) }
      let ranks = averageRanks(of: values)
      let sums = (0..<(1 << ranks.count)).filter { $0.nonzeroBitCount == count }.map { mask in
        ranks.indices.reduce(0) { $0 + (mask >> $1 & 1 == 1 ? ranks[$1] : 0) }
      }
      let own = ranks[..<count].reduce(0, +)
      let tail = min(sums.count { $0 <= own }, sums.count { $0 >= own })
      let test = try #require(MannWhitneyTest(Array(values[..<count]), Array(values[count...])))
      #expect(same(test.pValue, min(1, 2 * Double(tail) / Double(sums.count))))
    }
  }
}
