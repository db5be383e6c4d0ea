import Foundation
import Randomness
import Statistics
import Testing

/// Intervals against SciPy 1.17.1, and what has none.
struct IntervalTests {
  static let accuracies = [
    0.8812, 0.8794, 0.8853, 0.8771, 0.8835, 0.8809, 0.8862, 0.8790, 0.8827, 0.8801,
  ]

  @Test func `the interval of symmetric values is Student's`() throws {
    // scipy.stats.t.interval(0.95, 4, loc=2, scale=scipy.stats.sem([0, 1, 2, 3, 4]))
    let interval = try #require(confidenceIntervalOfMean([0, 1, 2, 3, 4]))
    #expect(same(interval.lowerBound, 0.036756838522442825))
    #expect(same(interval.upperBound, 3.963243161477557))
  }

  @Test func `the interval of skewed values is Student's, extended to the longer side`() throws {
    let interval = try #require(confidenceIntervalOfMean([1, 1, 2, 2, 3, 9]))
    // scipy.stats.t.interval(0.95, 5, loc=3, scale=sem) of 1, 1, 2, 2, 3, 9.
    #expect(same(interval.lowerBound, -0.1830958975519139))
    // 3 + sem · (t + 2 · skew(bias=False) · (2t² + 1)/(6√6)) with t = scipy.stats.t.ppf(0.975, 5).
    #expect(same(interval.upperBound, 11.28223507433911))
    let mirrored = try #require(confidenceIntervalOfMean([-1, -1, -2, -2, -3, -9]))
    #expect(same(mirrored.lowerBound, -interval.upperBound))
  }

  /// Ten accuracies with a skewness near that at which the inverse of Hall's transformation jumps to four times the width.
  @Test func `a little more skewness changes the interval a little`() throws {
    let widths = try (0...40).map { step -> Double in
      let last = 0.876 - 0.0005 * Double(step)
      let interval = try #require(confidenceIntervalOfMean(Self.accuracies.dropLast() + [last]))
      let deviation = Moments(Self.accuracies.dropLast() + [last]).sampleStandardDeviation
      return (interval.upperBound - interval.lowerBound) / deviation
    }
    for (width, next) in zip(widths, widths.dropFirst()) {
      #expect(next >= width && next < 1.05 * width)
    }
  }

  @Test func `an interval is not the range of three values`() throws {
    let interval = try #require(confidenceIntervalOfMean([0.91, 0.92, 0.94]))
    #expect(interval.lowerBound < 0.91 && interval.upperBound > 0.94)
  }

  @Test func `bounds of the values bound the interval`() throws {
    let interval = try #require(confidenceIntervalOfMean([0.9, 0.99, 1], within: 0...1))
    #expect(interval.upperBound == 1 && interval.lowerBound > 0)
  }

  @Test func `few, equal and infinite values have no interval of the mean`() {
    #expect(confidenceIntervalOfMean([]) == nil && confidenceIntervalOfMean([1, 2]) == nil)
    #expect(confidenceIntervalOfMean([0.5, 0.5, 0.5]) == nil)
    #expect(confidenceIntervalOfMean([1, 2, .infinity]) == nil)
    #expect(confidenceIntervalOfMean([1, 2, .nan]) == nil)
  }

  // scipy.stats.quantile_test(x, q=0, p=0.5).confidence_interval(0.95), of the order statistics.
  @Test(arguments: [
    (6, 1, 6), (9, 2, 8), (10, 2, 9), (20, 6, 15), (60, 22, 39), (2_000, 956, 1_045),
  ])
  func `the interval of the median is SciPy's`(count: Int, lower: Int, upper: Int) {
    let values = (1...count).map { Double(($0 * 7_919) % count + 1) }
    #expect(confidenceIntervalOfMedian(values) == Double(lower)...Double(upper))
  }

  @Test func `runs that diverged are the upper end of the median's interval`() {
    #expect(confidenceIntervalOfMedian([1, 2, 3, 4, 5, .infinity]) == 1 ... .infinity)
    #expect(confidenceIntervalOfMedian([1, 2, 3, 4, 5]) == nil)
    #expect(confidenceIntervalOfMedian([1, 2, 3, 4, 5, .nan]) == nil)
  }

  // scipy.stats.beta.ppf: Clopper and Pearson's interval of s ones among n.
  @Test(arguments: [
    (5, 0, 0.95, 0.0, 0.5218237501049814), (8, 4, 0.95, 0.15701277048705797, 0.842987229512942),
    (20, 1, 0.9986, 3.501164279779651e-05, 0.3900768966805439),
    (8, 8, 0.9986, 0.4033083884198013, 1),
  ])
  func `the interval of a bounded mean of zeros and ones is Clopper and Pearson's`(
    count: Int, ones: Int, level: Double, lower: Double, upper: Double
  ) throws {
    let values = (0..<count).map { $0 < ones ? 1.0 : 0 }
    let interval = try #require(confidenceIntervalOfBoundedMean(values, level: level))
    // Roots to 10⁻¹⁴ of functions with slopes above 10⁻³ near 5 % tails.
    #expect(abs(interval.lowerBound - lower) < 1e-10 && abs(interval.upperBound - upper) < 1e-10)
  }

  @Test func `the interval of a bounded mean is that of random weights`() throws {
    var generator = RandomKey(masterSeed: 2, purpose: .resampling).generator()
    // Equal values, as shared ranks are.
    let values = [0, 1.0 / 6, 1.0 / 6, 0.5, 5.0 / 6]
    let interval = try #require(confidenceIntervalOfBoundedMean(values))
    let count = 20_000
    var (below, above) = (0, 0)
    for _ in 0..<count {
      // Exponential variables over their sum are uniform on the simplex.
      let draws = (0...values.count).map { _ in -log(1 - generator.uniform()) }
      let sum = draws.reduce(0, +)
      let mean = zip(values, draws).reduce(0) { $0 + $1.0 * $1.1 } / sum
      if mean < interval.lowerBound { below += 1 }
      if mean + draws[values.count] / sum > interval.upperBound { above += 1 }
    }
    // Four standard errors of a share of 2.5 %.
    let tolerance = 4 * (0.025 * 0.975 / Double(count)).squareRoot()
    #expect(abs(Double(below) / Double(count) - 0.025) < tolerance)
    #expect(abs(Double(above) / Double(count) - 0.025) < tolerance)
  }
}
