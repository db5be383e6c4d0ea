import Foundation
import Randomness
import Statistics
import Testing

/// Coverage of the intervals of effect sizes, like ``IntervalCoverageTests``: with an effect of one standard deviation of the
/// normal values that the others are made from, and without one.
struct EffectCoverageTests {
  private typealias Distribution = IntervalCoverageTests.Distribution

  private static let samples = 300

  /// Without an effect, then with one; for 3, 5, 10, 20 and 30 values.
  private static let deltas: [Distribution: [[Double]]] = [
    .normal: [[1, 0.971, 0.966, 0.958, 0.959], [0.991, 0.987, 0.952, 0.956, 0.954]],
    .skewed: [[1, 0.968, 0.967, 0.960, 0.957], [0.991, 0.986, 0.953, 0.956, 0.953]],
    .accuracy: [[1, 0.960, 0.962, 0.957, 0.953], [0.987, 0.929, 0.949, 0.956, 0.952]],
  ]
  private static let effects: [Distribution: [[Double]]] = [
    .normal: [[0.995, 0.983, 0.970, 0.959, 0.958], [0.996, 0.982, 0.967, 0.959, 0.956]],
    .skewed: [[0.997, 0.991, 0.981, 0.971, 0.965], [0.996, 0.991, 0.984, 0.980, 0.975]],
    .accuracy: [[0.997, 0.981, 0.967, 0.960, 0.953], [0.997, 0.981, 0.967, 0.962, 0.955]],
  ]

  /// Two samples of each size, `shift` apart; `correlation` is that of the normal values of a pair.
  private func pairs(
    _ distribution: Distribution, _ size: Int, shift: Double, correlation: Double
  ) -> [([Double], [Double])] {
    var generator = RandomKey(
      masterSeed: 12, purpose: .gradientNoise, seedIndex: size, epoch: Int(shift)
    ).generator()
    let shared = correlation.squareRoot()
    let own = (1 - correlation).squareRoot()
    return (0..<Self.samples).map { _ in
      let common = (0..<size).map { _ in shared * generator.normal() }
      let first = common.map { distribution.value(shift + $0 + own * generator.normal()) }
      return (first, common.map { distribution.value($0 + own * generator.normal()) })
    }
  }

  /// True effects by 400 × 400 pairs of normal quantiles, found by inverting the distribution function.
  private func truth(_ distribution: Distribution, shift: Double) -> (delta: Double, g: Double) {
    let count = 400
    let quantiles = (0..<count).map { place -> Double in
      var (lower, upper) = (-9.0, 9.0)
      for _ in 0..<60 {
        let middle = (lower + upper) / 2
        let share = 0.5 * erfc(-middle / 2.0.squareRoot())
        if share < (Double(place) + 0.5) / Double(count) { lower = middle } else { upper = middle }
      }
      return lower
    }
    let first = quantiles.map { distribution.value(shift + $0) }
    let second = quantiles.map { distribution.value($0) }
    var delta = 0.0
    for value in first {
      for other in second { delta += value > other ? 1 : value < other ? -1 : 0 }
    }
    let one = Moments(first)
    let two = Moments(second)
    let pooled = ((one.sampleVariance + two.sampleVariance) / 2).squareRoot()
    return (delta / Double(count * count), (one.mean - two.mean) / pooled)
  }

  private func share(_ effects: [EffectSize], of value: Double) -> Double {
    let slack = 1e-12
    return Double(
      effects.count {
        $0.interval.lowerBound <= value + slack && value - slack <= $0.interval.upperBound
      }) / Double(effects.count)
  }

  @Test(arguments: [0.0, 1.0])
  func `intervals of effect sizes cover them as often as documented`(shift: Double) throws {
    for (distribution, expected) in Self.deltas {
      let effect = truth(distribution, shift: shift)
      for (place, size) in IntervalCoverageTests.sizes.enumerated() {
        let samples = pairs(distribution, size, shift: shift, correlation: 0)
        let delta = share(samples.compactMap { cliffsDelta($0, $1) }, of: effect.delta)
        let wanted = expected[Int(shift)][place]
        #expect(
          abs(delta - wanted) <= IntervalCoverageTests.tolerance(wanted, count: Self.samples),
          "\(distribution), \(size) values, δ: \(delta)")
        let g = share(samples.compactMap { hedgesG($0, $1) }, of: effect.g)
        let wantedG = try #require(Self.effects[distribution])[Int(shift)][place]
        #expect(
          abs(g - wantedG) <= IntervalCoverageTests.tolerance(wantedG, count: Self.samples),
          "\(distribution), \(size) values, g: \(g)")
      }
    }
  }

  /// Seeds that optimizers share make their results alike, and the intervals, which ignore that, too wide rather than too narrow.
  @Test(arguments: [0.0, 1.0])
  func `pairs that are alike are covered more often`(shift: Double) {
    let effects = truth(.normal, shift: shift)
    for size in [5, 10, 20] {
      let samples = pairs(.normal, size, shift: shift, correlation: 0.8)
      let least = 0.95 - IntervalCoverageTests.tolerance(0.95, count: Self.samples)
      #expect(share(samples.compactMap { cliffsDelta($0, $1) }, of: effects.delta) >= least)
      #expect(share(samples.compactMap { hedgesG($0, $1) }, of: effects.g) >= least)
    }
  }
}
