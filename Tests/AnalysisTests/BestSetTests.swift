import Analysis
import Records
import Testing

@Suite struct BestSetTests {
  /// Ten seeds, each a little better than the one before; by turns above and below that.
  private static func accuracies(
    _ level: Double, above: Double = 0, below: Double = 0
  ) -> [Double] {
    (0..<10).map { seed -> Double in
      let shift = seed.isMultiple(of: 2) ? above : -below
      return level + 0.001 * Double(seed) + shift
    }
  }

  @Test func `all that a paired test does not distinguish from the first are best`() throws {
    let result = RankingExamples.network([
      ("far", Self.accuracies(0.8)), ("first", Self.accuracies(0.9)),
      ("near", Self.accuracies(0.9, above: 0.0004, below: 0.0006)),
    ])
    let best = try #require(ScenarioAnalysis(result).best)
    #expect(best.first == ["first"] && best.alike == ["near"])
    #expect(best.evidence == .tests(runs: 10, comparisons: 3) && best.compared == 3)
    #expect(best.contains("near") && !best.contains("far"))
    #expect(best.named == ["first", "near"] && best.worse == ["far"] && !best.isClear)
  }

  @Test(arguments: [(2, 0.5), (4, 0.125), (5, 0.0625)])
  func `too few seeds for any test are called so`(seeds: Int, least: Double) throws {
    let result = RankingExamples.network([
      ("a", Array(repeating: 0.9, count: seeds)), ("b", Array(repeating: 0.1, count: seeds)),
    ])
    let best = try #require(ScenarioAnalysis(result).best)
    #expect(best.evidence == .tooFewRuns(runs: seeds, leastPValue: least, needed: 6))
    // Nothing is excluded without a test.
    #expect(best.first == ["a"] && best.contains("b") && best.named == [])
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

  @Test func `one that is worse than another one is not best`() throws {
    // The first needs the fewest evaluations from eleven of twenty starts and misses the target from the others; steady reaches it
    // from all and is ahead of slow from each.
    func losses(_ steps: Int?) -> [Double] {
      steps.map { Array(repeating: 1, count: $0) + [0] } ?? Array(repeating: 1, count: 60)
    }
    let result = RankingExamples.surface(
      [
        ("wild", (0..<20).map { losses($0 < 11 ? 3 + $0 % 4 : nil) }),
        ("steady", (0..<20).map { losses(10 + $0) }), ("slow", (0..<20).map { losses(12 + $0) }),
      ], target: 0.5, lowest: 0)
    let best = try #require(ScenarioAnalysis(result).best)
    #expect(best.first == ["wild"] && best.alike == ["steady"] && best.worse == [])
    #expect(best.outdone.map(\.optimizer) == ["slow"] && best.outdone.map(\.by) == [["steady"]])
    #expect(best.named == ["wild", "steady"] && !best.contains("slow"))
  }

  @Test func `an optimizer with few common seeds is not tested`() throws {
    let result = RankingExamples.network([
      ("first", Self.accuracies(0.9)), ("far", Self.accuracies(0.8)), ("few", [0.1, 0.1, 0.1]),
    ])
    let best = try #require(ScenarioAnalysis(result).best)
    #expect(best.untested == ["few"] && best.worse == ["far"] && best.contains("few"))
    #expect(best.named == ["first"] && !best.isClear)
  }

  @Test func `ranks that tests contradict are an example`() throws {
    // The first is better than "middle" with each seed, and than the others with all but one: of 21 pairs with ten seeds, the p values
    // are 21 · 2/2¹⁰ and 20 · 4/2¹⁰.
    let first = Self.accuracies(0.9).enumerated().map { $1 - ($0 == 3 ? 0.0012 : 0) }
    let last = Self.accuracies(0.899)
    let others = (1...4).map { place in
      let shift = 1e-5 * Double(place)
      return ("o\(place)", last.enumerated().map { $1 + ($0 % 4 < 2 ? -shift : shift) })
    }
    let best = try #require(
      ScenarioAnalysis(
        RankingExamples.network(
          [("first", first), ("middle", first.map { $0 - 0.0005 }), ("last", last)] + others)
      ).best)
    #expect(best.isStrict && best.worse == ["middle"])
    #expect(best.alike == ["last", "o1", "o2", "o3", "o4"])
    #expect(best.disorder?.worse == "middle" && best.disorder?.alike == "o4")
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
