import Foundation
import Randomness
import Statistics
import Testing

/// Intervals of relative ranks, as on the leaderboard, where all optimizers are alike.
struct LeaderboardCoverageTests {
  private static let suites = 80

  /// Mean relative rank of each optimizer over scenarios with random orders, with all intervals.
  private func intervals(
    _ scenarios: Int, _ optimizers: Int, _ generator: inout KeyedGenerator
  ) -> [(mean: Double, interval: ClosedRange<Double>)] {
    let blocks = (0..<scenarios).map { _ in generator.permutation(of: optimizers) }
    return (0..<optimizers).compactMap { optimizer in
      let ranks = blocks.map { Double($0[optimizer]) / Double(optimizers - 1) }
      return simultaneousIntervalOfBoundedMean(ranks, among: optimizers).map {
        (mean(of: ranks), $0)
      }
    }
  }

  @Test(arguments: [(5, 5), (5, 35), (8, 7), (12, 15), (20, 5), (20, 20)])
  func `of optimizers that are all alike, not even the leader is told apart in 95 of 100 suites`(
    scenarios: Int, optimizers: Int
  ) {
    var generator = RandomKey(
      masterSeed: 21, purpose: .resampling, seedIndex: scenarios * 100 + optimizers
    ).generator()
    var held = 0
    for _ in 0..<Self.suites {
      let rows = intervals(scenarios, optimizers, &generator)
      #expect(rows.count == optimizers)
      if rows.allSatisfy({ $0.interval.contains(0.5) && $0.interval.contains($0.mean) }) {
        held += 1
      }
    }
    // Four standard errors of a share of 95 %. A percentile bootstrap of each row fails in 31 to 100 % of the suites.
    let least = 0.95 - 4 * (0.95 * 0.05 / Double(Self.suites)).squareRoot()
    #expect(Double(held) / Double(Self.suites) >= least)
  }

  /// A rule that is first in every scenario is told apart once there are enough: 1 − (0.05/(2k))^(1/n) < ½.
  @Test(arguments: [(2, 7), (5, 8), (7, 9), (35, 11)])
  func `an optimizer that always leads is told apart from enough scenarios on`(
    optimizers: Int, needed: Int
  ) throws {
    for scenarios in 5...12 {
      let first = try #require(
        simultaneousIntervalOfBoundedMean(
          Array(repeating: 0, count: scenarios), among: optimizers))
      #expect(first.lowerBound == 0 && (first.upperBound < 0.5) == (scenarios >= needed))
    }
  }

  /// Zeros and ones, and values near one end: distributions for which Student's interval fails.
  @Test(arguments: [5, 10, 20])
  func `a bounded mean is covered whatever the distribution`(size: Int) {
    var generator = RandomKey(masterSeed: 22, purpose: .resampling, seedIndex: size).generator()
    let draws: [(mean: Double, draw: (inout KeyedGenerator) -> Double)] = [
      (0.1, { $0.uniform() < 0.1 ? 1 : 0 }), (0.5, { $0.uniform() < 0.5 ? 1 : 0 }),
      (0.2, { pow($0.uniform(), 4) }), (0.5, { $0.uniform() }),
    ]
    let samples = 300
    for (mean, draw) in draws {
      let held = (0..<samples).count { _ in
        confidenceIntervalOfBoundedMean((0..<size).map { _ in draw(&generator) })?.contains(mean)
          ?? false
      }
      let least = 0.95 - 4 * (0.95 * 0.05 / Double(samples)).squareRoot()
      #expect(Double(held) / Double(samples) >= least)
    }
  }
}
