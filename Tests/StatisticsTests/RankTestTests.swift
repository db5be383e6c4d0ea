import Randomness
import Statistics
import Testing

/// Tests on ranks against SciPy 1.17.1 and published examples.
struct RankTestTests {
  /// Accuracies of four versions of C4.5 on 14 data sets (Demšar 2006, table 2), negated so that lower is better.
  static let demsar: [[Double]] = [
    [0.763, 0.768, 0.771, 0.798], [0.599, 0.591, 0.590, 0.569], [0.954, 0.971, 0.968, 0.967],
    [0.628, 0.661, 0.654, 0.657], [0.882, 0.888, 0.886, 0.898], [0.936, 0.931, 0.916, 0.931],
    [0.661, 0.668, 0.609, 0.685], [0.583, 0.583, 0.563, 0.625], [0.775, 0.838, 0.866, 0.875],
    [1.0, 1.0, 1.0, 1.0], [0.940, 0.962, 0.965, 0.962], [0.619, 0.666, 0.614, 0.669],
    [0.972, 0.981, 0.9751, 0.975], [0.957, 0.978, 0.946, 0.970],
  ].map { $0.map { -$0 } }

  @Test func `average ranks are those of Demšar's table`() {
    // Last row of table 2: 3.143, 2.000, 2.893, 1.964.
    let ranks = averageRanks(overBlocks: Self.demsar)
    #expect(zip(ranks, [44.0 / 14, 2, 40.5 / 14, 27.5 / 14]).allSatisfy { same($0, $1) })
  }

  @Test func `Friedman's test is SciPy's`() throws {
    // scipy.stats.friedmanchisquare(*columns); F by scipy.stats.f.sf(F, 3, 39).
    let test = try #require(FriedmanTest(blocks: Self.demsar))
    #expect(same(test.chiSquared, 10.228346456692925))
    #expect(same(test.chiSquaredPValue, 0.016721580328441323))
    #expect(same(test.f, 4.1851301115241695))
    #expect(same(test.fPValue, 0.011620659515310975))
  }

  @Test func `blocks that all rank alike leave F no doubt`() throws {
    let test = try #require(FriedmanTest(blocks: [[1, 2, 3], [4, 5, 6], [0, 1, .infinity]]))
    #expect(test.f == .infinity && test.fPValue == 0 && test.chiSquared == 6)
    #expect(FriedmanTest(blocks: [[1, 1], [.infinity, .infinity]]) == nil)
    #expect(FriedmanTest(blocks: [[1, 2]]) == nil)
  }

  // scipy.stats.studentized_range.ppf(0.95, k, inf)/sqrt(2); Demšar (2006), table 5a has 1.960, 2.343, 2.728 and 3.164.
  @Test(arguments: [
    (2, 1.9599639845400534), (3, 2.343700586378409), (5, 2.7277743708703763),
    (10, 3.163683577053373),
  ])
  func `Nemenyi's critical values are those of the studentized range`(
    treatments: Int, expected: Double
  ) {
    // SciPy integrates to about 10⁻⁹.
    #expect(same(Nemenyi.criticalValue(treatments: treatments), expected, 1e-8))
  }

  @Test func `the critical difference is Demšar's`() {
    // 2.569 · sqrt(4 · 5/(6 · 14)) = 1.25 (section 3.2.4 has the same with 2.291 for α = 0.10: 1.12).
    #expect(abs(Nemenyi.criticalDifference(treatments: 4, blocks: 14) - 1.25) < 0.005)
    #expect(
      abs(Nemenyi.criticalDifference(treatments: 4, blocks: 14, significance: 0.1) - 1.12) < 0.005)
    // scipy.stats.studentized_range.sf(3.5, 4, inf)
    let difference = 3.5 / 2.0.squareRoot() * (4 * 5 / (6 * 14.0)).squareRoot()
    #expect(
      same(
        Nemenyi.pValue(difference: difference, treatments: 4, blocks: 14), 0.06387633385690328, 1e-8
      ))
  }

  @Test func `Holm's adjustment is statsmodels'`() {
    // statsmodels.stats.multitest.multipletests(p, method='holm'), 0.15.0
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005, 0.5])
    #expect(zip(adjusted, [0.04, 0.09, 0.09, 0.025, 0.5]).allSatisfy { same($0, $1) })
    #expect(holmAdjusted([]) == [] && holmAdjusted([0.7, 0.8]) == [1, 1])
  }

  /// By the definition: over all pairs.
  @Test func `sorted samples give the dominance of all pairs`() throws {
    var generator = RandomKey(masterSeed: 7, purpose: .resampling).generator()
    // 97.5 % quantiles of Student's t for n + m − 2 (SciPy 1.17.1).
    let quantiles = [
      2: 2.364624251592784, 3: 2.262157162798205, 10: 2.0686576104190486, 41: 1.9882679074772216,
    ]
    for (size, t) in quantiles {
      // Few different values, so that many are tied.
      let first = (0..<size).map { _ in Double(generator.integer(below: 9)) }
      let second = (0..<(size + 5)).map { _ in Double(generator.integer(below: 12)) }
      let pairs = first.flatMap { x in second.map { y in x > y ? 1.0 : x < y ? -1 : 0 } }
      let n = Double(first.count)
      let m = Double(second.count)
      let delta = pairs.reduce(0, +) / (n * m)
      let found = try #require(cliffsDelta(first, second))
      #expect(abs(found.value - delta) < 1e-14)
      // Where all pairs point one way, the interval is another one.
      try #require(abs(delta) < 1)
      func share(_ x: Double, _ others: [Double], _ count: Double) -> Double {
        others.reduce(0) { $0 + (x > $1 ? 1.0 : x < $1 ? -1 : 0) } / count
      }
      let rows = first.map { share($0, second, m) - delta }.reduce(0) { $0 + $1 * $1 }
      let columns = second.map { -share($0, first, n) - delta }.reduce(0) { $0 + $1 * $1 }
      let cells = pairs.reduce(0) { $0 + ($1 - delta) * ($1 - delta) }
      let sum: Double = m * m * rows + n * n * columns - cells
      let unbiased: Double = sum / (n * m * (n - 1) * (m - 1))
      let least: Double = (1 - delta * delta) / (n * m - 1)
      let variance = max(unbiased, least)
      let spread = t * variance.squareRoot()
      let square = 1 - delta * delta
      let root: Double = (square * square + spread * spread).squareRoot()
      let cube: Double = delta * delta * delta
      let low: Double = (delta - cube - spread * root) / (square + spread * spread)
      // Sums of up to 2,000 roundings of numbers up to 2, and quantiles to 10⁻¹².
      #expect(abs(found.interval.lowerBound - max(-1, low)) < 1e-11)
    }
  }

  @Test func `Cliff's delta and its interval are those of Hogarty and Kromrey's example`() throws {
    // R's effsize 0.8.1, cliff.delta(treatment, control): -0.25, -0.7265846 to 0.3890062.
    let effect = try #require(
      cliffsDelta([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50]))
    // A mean of ten sixths: a rounding each.
    #expect(same(effect.value, -0.25))
    #expect(abs(effect.interval.lowerBound + 0.7265846) < 1e-7)
    #expect(abs(effect.interval.upperBound - 0.3890062) < 1e-7)
  }

  @Test
  func
    `samples that do not overlap have a delta of one and an interval that says how few they are`()
    throws
  {
    let few = try #require(cliffsDelta([3, 4, .infinity], [1, 2, 2.5]))
    let many = try #require(
      cliffsDelta((0..<50).map { Double($0) + 100 }, (0..<50).map(Double.init)))
    #expect(few.value == 1 && many.value == 1)
    #expect(few.interval.lowerBound < many.interval.lowerBound && many.interval.upperBound == 1)
    #expect(cliffsDelta([1], [1, 2]) == nil)
  }

  @Test func `Hedges' g and its interval are pingouin's`() throws {
    // pingouin.compute_effsize(x, y, eftype='hedges') and compute_esci(g, 6, 5, decimals=12), 0.7.0
    let effect = try #require(
      hedgesG([3.1, 2.7, 4.4, 3.9, 5.0, 4.1], [2.0, 3.3, 2.9, 1.8, 3.0]))
    #expect(same(effect.value, 1.5072385710312597))
    // Printed to eight digits.
    #expect(abs(effect.interval.lowerBound + 0.04350086) < 1e-8)
    #expect(abs(effect.interval.upperBound - 3.057978) < 1e-6)
    #expect(hedgesG([1, 1], [1, 1]) == nil && hedgesG([1, .infinity], [1, 2]) == nil)
  }
}
