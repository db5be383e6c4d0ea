import Foundation
import Randomness
import Statistics
import Testing

/// How often 95 % intervals contain what they are intervals of, simulated here and, independently with NumPy and SciPy, by
/// Oracles/interval_coverage.py, whose output the numbers are.
struct IntervalCoverageTests {
  enum Distribution: String, CaseIterable {
    case normal, lognormal, skewed, accuracy, coarse

    func value(_ z: Double) -> Double {
      switch self {
      case .normal: z
      case .lognormal: exp(0.5 * z)
      case .skewed: exp(z)
      // Fractions of 360 test samples.
      case .accuracy: (360 * min(max(0.97 + 0.004 * z, 0), 1)).rounded() / 360
      case .coarse: (360 * min(max(0.97 + 0.0015 * z, 0), 1)).rounded() / 360
      }
    }

    /// By the midpoint rule in the probability, over normal quantiles found by bisection of the distribution function; for
    /// lognormal values exp(σ²/2).
    var mean: Double {
      switch self {
      case .normal: return 0
      case .lognormal: return exp(0.125)
      case .skewed: return exp(0.5)
      case .accuracy, .coarse:
        let deviation = self == .accuracy ? 0.004 : 0.0015
        func below(_ x: Double) -> Double { 0.5 * erfc(-(x - 0.97) / deviation / 2.0.squareRoot()) }
        // Each value k/360 has the probability of its interval of length 1/360, the last one also what is above 1.
        return (300...360).reduce(0) { sum, count in
          let upper = count == 360 ? 1 : below((Double(count) + 0.5) / 360)
          return sum + Double(count) / 360 * (upper - below((Double(count) - 0.5) / 360))
        }
      }
    }
  }

  static let sizes = [3, 5, 10, 20, 30]
  static let samples = 800

  static let means: [Distribution: [Double]] = [
    .normal: [0.970, 0.967, 0.963, 0.960, 0.958],
    .lognormal: [0.954, 0.946, 0.952, 0.959, 0.961],
    .skewed: [0.905, 0.891, 0.914, 0.935, 0.945],
    .accuracy: [0.986, 0.980, 0.964, 0.960, 0.957],
    .coarse: [1, 1, 0.971, 0.952, 0.950],
  ]
  /// For 10, 20 and 30 values; fewer than six have no interval.
  static let medians: [Distribution: [Double]] = [
    .normal: [0.978, 0.959, 0.958], .lognormal: [0.978, 0.959, 0.957],
    .skewed: [0.978, 0.959, 0.956], .accuracy: [0.998, 0.997, 0.998], .coarse: [1, 1, 1],
  ]

  /// Four standard errors of a share of `count` samples, and the rounding of the expected share to three digits.
  static func tolerance(_ share: Double, count: Int) -> Double {
    4 * (max(share * (1 - share), 0.001) / Double(count)).squareRoot() + 0.0005
  }

  private func draws(_ distribution: Distribution, _ size: Int) -> [[Double]] {
    var generator = RandomKey(
      masterSeed: 11, purpose: .gradientNoise, seedIndex: size, epoch: 1
    ).generator()
    return (0..<Self.samples).map { _ in
      (0..<size).map { _ in distribution.value(generator.normal()) }
    }
  }

  private func share(_ intervals: [ClosedRange<Double>], of value: Double) -> Double {
    // Sums of values below 10 are exact to far less.
    Double(intervals.count { $0.lowerBound <= value + 1e-12 && value - 1e-12 <= $0.upperBound })
      / Double(intervals.count)
  }

  @Test(arguments: Distribution.allCases)
  func `intervals of the mean cover it as often as documented`(distribution: Distribution) throws {
    let mean = distribution.mean
    for (size, expected) in zip(Self.sizes, try #require(Self.means[distribution])) {
      let intervals = draws(distribution, size).compactMap { confidenceIntervalOfMean($0) }
      let found = share(intervals, of: mean)
      #expect(
        abs(found - expected) <= Self.tolerance(expected, count: intervals.count),
        "\(size) values: \(found)")
    }
  }

  /// The skewness g of n values is at most √n in size, so the interval is at most 1 + (2t² + 1)/(6t) times as wide as Student's: 1.83
  /// times for n = 10. An inverse transformation may be 2.6 times as wide, and as far from every value.
  @Test(arguments: Distribution.allCases)
  func `no interval of the mean is much wider than Student's`(distribution: Distribution) throws {
    // Student's quantile, as symmetric values have it; other tests compare it with SciPy's.
    let even = (0..<10).map { Double($0) - 4.5 }
    let symmetric = try #require(confidenceIntervalOfMean(even))
    let t = symmetric.upperBound * 10.0.squareRoot() / Moments(even).sampleStandardDeviation
    #expect(abs(t - 2.2621571627409915) < 1e-8)
    for values in draws(distribution, 10) {
      guard let interval = confidenceIntervalOfMean(values) else { continue }
      let moments = Moments(values)
      let half = t * moments.sampleStandardDeviation / 10.0.squareRoot()
      let width = (interval.upperBound - interval.lowerBound) / (2 * half)
      // One value that differs from nine equal ones reaches the bound, up to rounding: each of ten differences from the mean is
      // rounded by a unit of the mean, and counts threefold in the cubes.
      let rounding = 1e-12 + 30 * moments.mean.magnitude.ulp / moments.sampleStandardDeviation
      #expect(
        width >= 1 - rounding && width <= 1 + (2 * t * t + 1) / (6 * t) + rounding,
        "\(width) \(rounding)")
      #expect(interval.lowerBound <= moments.mean - half + 1e-12)
      #expect(interval.upperBound >= moments.mean + half - 1e-12)
    }
  }

  @Test(arguments: Distribution.allCases)
  func `intervals of the median cover it as often as documented`(distribution: Distribution) throws
  {
    let median = distribution.value(0)
    for (size, expected) in zip(Self.sizes.dropFirst(2), try #require(Self.medians[distribution])) {
      let intervals = draws(distribution, size).compactMap { confidenceIntervalOfMedian($0) }
      let found = share(intervals, of: median)
      #expect(intervals.count == Self.samples)
      #expect(
        abs(found - expected) <= Self.tolerance(expected, count: intervals.count),
        "\(size) values: \(found)")
    }
    #expect(draws(distribution, 5).allSatisfy { confidenceIntervalOfMedian($0) == nil })
  }

  /// Nothing that is printed as a 95 % interval covers less than 94 %, but for means of very skewed values.
  @Test func `only means of strongly skewed values are covered less than 94 of 100 times`() {
    for (distribution, shares) in Self.means where distribution != .skewed {
      #expect(shares.allSatisfy { $0 >= 0.94 })
    }
    #expect(Self.medians.values.joined().allSatisfy { $0 >= 0.95 })
  }
}
