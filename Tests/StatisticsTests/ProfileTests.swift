import Statistics
import Testing

/// Numbers small enough to work out by hand.
struct ProfileTests {
  /// Four problems, three solvers; nobody does the last.
  private let profile = PerformanceProfile(times: [
    [10, 20, 100], [30, 10, .infinity], [5, 5, 7.5], [.infinity, .infinity, .infinity],
  ])

  @Test func `a profile is the share of problems within a factor of the best`() {
    #expect(profile.ratios[0] == [1, 3, 1, .infinity])
    #expect(profile.share(solver: 0, factor: 1) == 0.5)
    #expect(profile.share(solver: 0, factor: 3) == 0.75)
    // What nobody reaches stays out of every profile, however far it goes.
    #expect(profile.share(solver: 0, factor: 1e300) == 0.75)
    #expect(profile.share(solver: 2, factor: 1) == 0)
    let steps = profile.steps(solver: 0)
    #expect(steps.map(\.factor) == [1, 3] && steps.map(\.share) == [0.5, 0.75])
  }

  @Test func `AlgoPerf's score is the area under the profile from 1 to 4`() {
    // Solver 0: ½ on [1, 3), ¾ on [3, 4]: (1 + 0.75)/3. Solver 1: ratios 2, 1, 1. Solver 2: 10, ∞, 1.5.
    #expect(abs(profile.algoPerfScore(solver: 0) - 1.75 / 3) < 1e-15)
    #expect(abs(profile.algoPerfScore(solver: 1) - (0.5 + 2 * 0.75) / 3) < 1e-15)
    #expect(abs(profile.algoPerfScore(solver: 2) - 0.25 * 2.5 / 3) < 1e-15)
  }

  @Test func `the score is the integral of the staircase, by quadrature`() {
    // The midpoint rule of n cells is wrong in at most one cell per step: 3 steps, 1/n of the interval each.
    for solver in 0..<3 {
      let n = 30_000
      let area = (0..<n).reduce(0.0) {
        $0 + profile.share(solver: solver, factor: 1 + 3 * (Double($1) + 0.5) / Double(n))
      }
      #expect(abs(area / Double(n) - profile.algoPerfScore(solver: solver)) <= 3.0 / Double(n))
    }
  }

  @Test func `a target met at the start is met by all at once`() {
    let profile = PerformanceProfile(times: [[0, 0, 3]])
    #expect(profile.ratios.map { $0[0] } == [1, 1, .infinity])
  }

  @Test func `expected running time counts what failed runs spent`() {
    // (10 + 30 + 100)/2
    let attempts = Attempts(efforts: [10, nil, 30], spent: [50, 100, 60])
    #expect(attempts.expectedRunningTime == 70 && attempts.successRate == 2.0 / 3)
    #expect(attempts.medianEffort == 30)
    let none = Attempts(efforts: [nil, nil], spent: [5, 5])
    #expect(none.expectedRunningTime == .infinity && none.successRate == 0)
    #expect(none.medianEffort == .infinity)
    #expect(Attempts(efforts: [], spent: []).expectedRunningTime.isNaN)
  }

  @Test func `distributions of several scenarios weigh the same, however many values they are of`()
  {
    // scipy.stats.ecdf (1.17) of each, right-censored where not reached, and the mean of both.
    let mean = EmpiricalDistribution(meanOf: [
      EmpiricalDistribution([12, 7, 30, 7, 18, .infinity, .infinity, .infinity]),
      EmpiricalDistribution([5, 18, .infinity]),
    ])
    #expect(mean.places == [5, 7, 12, 18, 30])
    let shares = [
      0.16666666666666669, 0.2916666666666667, 0.3541666666666667, 0.5833333333333334,
      0.6458333333333334,
    ]
    #expect(mean.shares.count == shares.count)
    // A few roundings of sums below one.
    for (share, expected) in zip(mean.shares, shares) { #expect(abs(share - expected) < 1e-15) }
    #expect(EmpiricalDistribution(meanOf: []).places.isEmpty)
  }

  @Test func `an empirical distribution never counts what was not reached`() {
    let distribution = EmpiricalDistribution([3, 1, .infinity, 3])
    #expect(distribution.places == [1, 3] && distribution.shares == [0.25, 0.75])
    #expect(distribution.share(at: 0.5) == 0 && distribution.share(at: 2) == 0.25)
    #expect(distribution.share(at: 1e300) == 0.75)
  }

  @Test func `wins, ties and losses see each other's mirror`() {
    let matrix = WinTieLoss.matrix(blocks: [
      [1, 2], [2, 1], [.infinity, .infinity], [1, .infinity], [1, 1.0000001],
    ])
    #expect(matrix[0][1].wins == 3 && matrix[0][1].ties == 1 && matrix[0][1].losses == 1)
    #expect(matrix[1][0].wins == 1 && matrix[1][0].losses == 3 && matrix[0][0].ties == 5)
    let rough = WinTieLoss([1, .infinity], [1.0000001, 1], tolerance: 1e-6)
    #expect(rough.ties == 1 && rough.losses == 1)
  }

  @Test func `an order that a third turns round is reported`() {
    // Twice a < c < b, thrice b < a < c: a 1.6, b 1.8, c 2.6. Without c, b is first in three of five: 1.4 against 1.6.
    let blocks = [[1.0, 3, 2], [1, 3, 2], [2, 1, 3], [2, 1, 3], [2, 1, 3]]
    #expect(averageRanks(overBlocks: blocks) == [1.6, 1.8, 2.6])
    let stability = RankStability(blocks: blocks)
    #expect(stability.reversals == [.init(better: 0, worse: 1, leftOut: 2)])
    #expect(stability.unstablePairs(of: 0) == 1 && stability.unstablePairs(of: 2) == 0)
    #expect(RankStability(blocks: [[1, 2, 3], [1, 2, 3]]).reversals.isEmpty)
  }
}
