import Randomness
import Statistics
import Testing

struct BootstrapTests {
  static let key = RandomKey(masterSeed: 1, purpose: .resampling)
  static let accuracies = [
    0.8812, 0.8794, 0.8853, 0.8771, 0.8835, 0.8809, 0.8862, 0.8790, 0.8827, 0.8801,
  ]

  @Test func `the interval is SciPy's within resampling noise`() throws {
    // scipy.stats.bootstrap(method='percentile'), SciPy 1.17.1, mean of 8 × 200,000 resamples.
    let interval = try #require(confidenceIntervalOfMean(Self.accuracies, key: Self.key))
    // The means are nearly normal with s = 8.6e-4, whose density at the 2.5 % point is 0.058/s; so the
    // 2.5 % point of 10,000 has a standard error of √(0.025 · 0.975 / 10⁴)/0.058 · s = 2.3e-5. Five of them.
    #expect(abs(interval.lowerBound - 0.87989) < 1.2e-4)
    #expect(abs(interval.upperBound - 0.8832525) < 1.2e-4)
  }

  @Test func `three values give the quantiles of their 27 equally likely resamples`() {
    // Means of 1, 2, 6: 1 (1/27), 4/3 (4/27 so far), … 13/3 (23/27), 14/3 (26/27), 6.
    let interval = confidenceIntervalOfMean([1, 2, 6], level: 0.8, key: Self.key)
    #expect(interval == (4.0 / 3)...(14.0 / 3))
  }

  @Test func `equal keys give equal intervals and other keys others`() {
    let other = RandomKey(masterSeed: 2, purpose: .resampling)
    let interval = confidenceIntervalOfMean(Self.accuracies, key: Self.key)
    #expect(interval == confidenceIntervalOfMean(Self.accuracies, key: Self.key))
    #expect(interval != confidenceIntervalOfMean(Self.accuracies, key: other))
  }

  @Test func `several samples have the intervals that each has alone`() {
    let samples = [
      Self.accuracies, [1, 2, 6], [5], Self.accuracies.map { 1 - $0 }, [1, .nan], [2, 4, 8],
    ]
    #expect(
      confidenceIntervalsOfMeans(samples, key: Self.key)
        == samples.map { confidenceIntervalOfMean($0, key: Self.key) })
  }

  @Test func `equal values leave no doubt and one value no interval`() {
    #expect(confidenceIntervalOfMean([0.5, 0.5, 0.5], key: Self.key) == 0.5...0.5)
    #expect(confidenceIntervalOfMean([0.5], key: Self.key) == nil)
    #expect(confidenceIntervalOfMean([], key: Self.key) == nil)
  }

  @Test func `one diverged run of five makes the upper end infinite`() throws {
    // A resample misses it with probability 0.8⁵ = 0.33, so the lower end is finite.
    let interval = try #require(
      confidenceIntervalOfMean([1, 2, 3, 4, .infinity], key: Self.key))
    #expect(interval.lowerBound.isFinite && interval.upperBound == .infinity)
    #expect(confidenceIntervalOfMean([1, .nan], key: Self.key) == nil)
    #expect(confidenceIntervalOfMean([-.infinity, .infinity], key: Self.key) == nil)
  }

  @Test func `ninety-five of a hundred intervals hold the true mean, less what few values cost`() {
    var held = 0
    for sample in 0..<200 {
      var draws = RandomKey(masterSeed: 9, purpose: .gradientNoise, seedIndex: sample).generator()
      let values = (0..<20).map { _ in draws.normal() }
      if let interval = confidenceIntervalOfMean(values, resamples: 1_000, key: Self.key),
        interval.contains(0)
      {
        held += 1
      }
    }
    // The percentile bootstrap of 20 normal values covers about 93 %; four standard errors of 200 are 7 %.
    #expect((172...200).contains(held))
  }
}
