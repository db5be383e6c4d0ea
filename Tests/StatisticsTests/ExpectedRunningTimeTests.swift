import Foundation
import Randomness
import Statistics
import Testing

@Suite struct ExpectedRunningTimeTests {
  private static let key = RandomKey(masterSeed: 0, purpose: .resampling)

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
    let rounds = 300
    var covered = 0
    for _ in 0..<rounds {
      let attempts = attempts(20, deviation: deviation, limit: limit, &generator)
      let interval = attempts.expectedRunningTimeInterval(resamples: 300, key: Self.key)
      if interval?.contains(expected) == true { covered += 1 }
    }
    // Simulated with SciPy: 0.95, 0.95 and 0.93 for 20 runs; four standard errors of 300 rounds are 0.06.
    let share = Double(covered) / Double(rounds)
    #expect(share > 0.87 && share < 0.99, "\(share)")
  }

  @Test func `the interval contains the estimate, and equal runs have no width`() throws {
    var generator = RandomKey(masterSeed: 3, purpose: .search).generator()
    for limit in [0.8, 1, 5] {
      let attempts = attempts(15, deviation: 1, limit: limit, &generator)
      let interval = try #require(attempts.expectedRunningTimeInterval(key: Self.key))
      #expect(interval.contains(attempts.expectedRunningTime) && interval.lowerBound > 0)
      #expect(interval.lowerBound < interval.upperBound)
    }
    let equal = Attempts(
      efforts: [Double?](repeating: 7, count: 12), spent: [Double](repeating: 9, count: 12))
    #expect(equal.expectedRunningTimeInterval(key: Self.key) == 7...7)
  }

  @Test func `few runs, and runs without a success, have no interval`() {
    let nine = Attempts(efforts: (1...9).map(Double.init), spent: (1...9).map(Double.init))
    #expect(nine.expectedRunningTimeInterval(key: Self.key) == nil)
    let lost = Attempts(
      efforts: [Double?](repeating: nil, count: 20), spent: [Double](repeating: 5, count: 20))
    #expect(lost.expectedRunningTimeInterval(key: Self.key) == nil)
    #expect(lost.expectedRunningTime == .infinity)
  }

  @Test func `with one success in twenty the upper end is open or far away`() throws {
    var efforts = [Double?](repeating: nil, count: 20)
    efforts[4] = 3
    let attempts = Attempts(efforts: efforts, spent: [Double](repeating: 10, count: 20))
    let interval = try #require(attempts.expectedRunningTimeInterval(key: Self.key))
    #expect(attempts.expectedRunningTime == 193)
    #expect(interval.upperBound > 600)
  }
}
