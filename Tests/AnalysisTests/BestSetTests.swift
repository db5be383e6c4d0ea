import Analysis
import Records
import Testing

@Suite struct BestSetTests {
  /// Ten seeds; the first is better in all of them than the others, except for `near`.
  private static func accuracies(_ shift: Double, alternating: Bool = false) -> [Double] {
    (0..<10).map { seed -> Double in
      let isRaised = alternating && seed.isMultiple(of: 2)
      return 0.9 + 0.001 * Double(seed) + (isRaised ? shift : -shift)
    }
  }

  @Test func `all that a paired test cannot tell from the first are best`() throws {
    let result = RankingExamples.network([
      ("far", Self.accuracies(0.1)), ("first", Self.accuracies(0)),
      ("near", Self.accuracies(0.0005, alternating: true)),
    ])
    let best = try #require(ScenarioAnalysis(result).best)
    #expect(best.first == ["first"] && best.alike == ["near"])
    #expect(best.evidence == .tests(runs: 10) && best.compared == 3)
    #expect(best.contains("near") && !best.contains("far"))
  }

  @Test(arguments: [(2, 0.5), (4, 0.125), (5, 0.0625)])
  func `too few seeds for any test are called so`(seeds: Int, least: Double) throws {
    let result = RankingExamples.network([
      ("a", Array(repeating: 0.9, count: seeds)), ("b", Array(repeating: 0.1, count: seeds)),
    ])
    let best = try #require(ScenarioAnalysis(result).best)
    #expect(best.evidence == .tooFewRuns(runs: seeds, leastPValue: least, needed: 6))
    // Nothing is excluded without a test.
    #expect(best.first == ["a"] && best.contains("b"))
  }

  @Test func `one seed is one run`() throws {
    let network = try #require(
      ScenarioAnalysis(RankingExamples.network([("a", [0.9]), ("b", [0.1])])).best)
    #expect(network.evidence == .oneRun(isRandom: true) && network.contains("b"))
    let surface = try #require(
      ScenarioAnalysis(
        RankingExamples.surface([("a", [[9, 0]]), ("b", [[9, 1]])], lowest: 0)
      ).best)
    #expect(surface.evidence == .oneRun(isRandom: false) && !surface.contains("b"))
  }

  @Test func `no result and no rival is no best`() {
    let diverged = RankingExamples.network([("a", [.nan]), ("b", [.nan])])
    #expect(ScenarioAnalysis(diverged).best == nil)
    #expect(ScenarioAnalysis(RankingExamples.network([("a", [0.9])])).best == nil)
  }

  /// Seven equal optimizers, ten seeds that all share: one is called worse than the first in at most 5 % of scenarios.
  @Test func `equal optimizers are rarely told apart`() {
    var state: UInt64 = 9
    // A sum of twelve uniform numbers is nearly normal.
    func normal() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Double(state >> 11) * 0x1p-53
      }
    }
    let count = 400
    let excluded = (0..<count).count { _ in
      let seeds = (0..<10).map { _ in normal() }
      let result = RankingExamples.network(
        (0..<7).map { optimizer in ("o\(optimizer)", seeds.map { 0.5 + 0.01 * ($0 + normal()) }) })
      return ScenarioAnalysis(result).best.map { $0.first.count + $0.alike.count < 7 } ?? true
    }
    // Two standard errors above 5 % of 400.
    #expect(Double(excluded) <= 20 + 2 * (Double(count) * 0.05 * 0.95).squareRoot())
  }
}
