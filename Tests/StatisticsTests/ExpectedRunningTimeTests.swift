import Foundation
import Randomness
import Statistics
import Testing

@Suite struct ExpectedRunningTimeTests {
  /// Runs with lognormal times of deviation `deviation`, cut at `limit`.
  private func attempts(
    _ count: Int, deviation: Double, limit: Double, _ generator: inout KeyedGenerator
  ) -> Attempts {
    let times = (0..<count).map { _ in exp(deviation * generator.normal()) }
    return Attempts(
      efforts: times.map { $0 < limit ? $0 : nil }, spent: times.map { min($0, limit) })
  }

  /// SciPy, with Φ = scipy.stats.norm.cdf and b the limit:
  /// (exp(d²/2)·Φ(ln b/d − d) + b·Φ(−ln b/d)) / Φ(ln b/d).
  @Test(arguments: [
    (deviation: 0.5, limit: 1e9, expected: 1.1331484530668263),
    (deviation: 0.5, limit: 1.0, expected: 1.6992376694407962),
    (deviation: 1.0, limit: 3.6022244792791563, expected: 1.5192824853928504),
  ])
  func `a 95 % interval covers the true value about as often as it says`(
    deviation: Double, limit: Double, expected: Double
  ) {
    var generator = RandomKey(masterSeed: 7, purpose: .search).generator()
    let rounds = 2_000
    var covered = 0
    for _ in 0..<rounds {
      let attempts = attempts(20, deviation: deviation, limit: limit, &generator)
      let interval = attempts.expectedRunningTimeInterval()
      if interval?.contains(expected) == true { covered += 1 }
    }
    // Oracles/interval_coverage.py: 0.95, 0.98 and 0.96 for 20 runs; four standard errors of 2,000 rounds are 0.02 at most.
    let share = Double(covered) / Double(rounds)
    #expect(share > 0.93 && share < 0.995, "\(share)")
  }

  @Test func `the interval contains the estimate, and equal runs have none`() throws {
    var generator = RandomKey(masterSeed: 3, purpose: .search).generator()
    for limit in [0.8, 1, 5] {
      let attempts = attempts(15, deviation: 1, limit: limit, &generator)
      let interval = try #require(attempts.expectedRunningTimeInterval())
      #expect(interval.contains(attempts.expectedRunningTime) && interval.lowerBound > 0)
      #expect(interval.lowerBound < interval.upperBound)
    }
    let equal = Attempts(
      efforts: [Double?](repeating: 7, count: 12), spent: [Double](repeating: 9, count: 12))
    #expect(equal.expectedRunningTimeInterval() == nil)
  }

  @Test func `few runs, and runs without a success, have no interval`() {
    let nine = Attempts(efforts: (1...9).map(Double.init), spent: (1...9).map(Double.init))
    #expect(nine.expectedRunningTimeInterval() == nil)
    let lost = Attempts(
      efforts: [Double?](repeating: nil, count: 20), spent: [Double](repeating: 5, count: 20))
    #expect(lost.expectedRunningTimeInterval() == nil)
    #expect(lost.expectedRunningTime == .infinity)
  }

  @Test func `with one success in twenty the upper end is far away`() throws {
    var efforts = [Double?](repeating: nil, count: 20)
    efforts[4] = 3
    let attempts = Attempts(efforts: efforts, spent: [Double](repeating: 10, count: 20))
    let interval = try #require(attempts.expectedRunningTimeInterval())
    #expect(attempts.expectedRunningTime == 193)
    #expect(interval.upperBound > 600)
  }

  /// Runs are measured after each epoch, so most reach the target at the same step.
  @Test(arguments: [
    [230, 230, 230, 230, 230, 230, 230, 230, 230, 460], [36, 36, 36, 36, 36, 36, 36, 36, 36, 35.5],
    [2_300, 2_300, 4_600, 2_300, 2_300, 2_300, 2_300, 4_600, 2_300, 2_300],
  ])
  func `ties leave both ends finite and above zero`(efforts: [Double]) throws {
    let attempts = Attempts(efforts: efforts, spent: efforts.map { $0 + 100 })
    let interval = try #require(attempts.expectedRunningTimeInterval())
    // Ten runs between a and b do not have an expectation far from them.
    let (least, most) = (efforts.min() ?? 0, efforts.max() ?? 0)
    #expect(interval.lowerBound > least / 2 && interval.upperBound < 2 * most)
  }

  @Test(arguments: 1...9)
  func `few successes of ten leave both ends finite and above zero`(successes: Int) throws {
    let attempts = Attempts(
      efforts: (0..<10).map { $0 < successes ? 50 : nil },
      spent: [Double](repeating: 100, count: 10))
    let interval = try #require(attempts.expectedRunningTimeInterval())
    #expect(interval.lowerBound > 0 && interval.upperBound.isFinite)
    #expect(interval.contains(attempts.expectedRunningTime))
  }
}
