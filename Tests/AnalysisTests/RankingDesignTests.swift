import Analysis
import Records
import Statistics
import Testing

/// Who is ranked across scenarios.
@Suite struct RankingDesignTests {
  private static let seven = ["a", "b", "c", "d", "e", "f", "g"]

  private func suite(_ results: [ScenarioResult]) -> SuiteAnalysis {
    SuiteAnalysis(results.map { ScenarioDigest(ScenarioAnalysis($0)) })
  }

  @Test func `two scenarios with many optimizers do not push others out of a ranking`() {
    let many = Self.seven + (0..<28).map { "x\($0)" }
    let results =
      (0..<8).map { RankingExamples.contest("s\($0)", Self.seven) }
      + (0..<2).map { RankingExamples.contest("wide\($0)", many) }
    let comparison = suite(results).comparison
    #expect(comparison.optimizers == Self.seven && comparison.scenarios.count == 10)
    #expect(comparison.design.unranked.count == 28)
    #expect(comparison.design.unranked.allSatisfy { $0.reason == .tooFewScenarios })
    #expect(comparison.isComplete && comparison.friedman != nil)
    #expect((comparison.criticalDifference ?? .infinity) < comparison.largestDifference)
  }

  @Test func `an optimizer that lacks some scenarios is ranked on the others`() {
    let results = (0..<9).map { index in
      RankingExamples.contest("s\(index)", index < 6 ? ["a", "b", "c"] : ["b", "a"])
    }
    let comparison = suite(results).comparison
    #expect(Set(comparison.optimizers) == ["a", "b", "c"] && comparison.scenarios.count == 9)
    #expect(comparison.optimizers.last == "c" && comparison.coverage == [9, 9, 6])
    #expect(!comparison.isComplete && comparison.friedman == nil)
    #expect(comparison.criticalDifference == nil && comparison.skillingsMack != nil)
    #expect(comparison.pairs.map(\.scenarios) == [9, 6, 6])
    // a: first in six of three, last in three of two.
    let board = suite(results).leaderboard
    #expect(board.rows.map(\.scenarios) == [9, 9, 6])
    #expect(abs((board.rows.first { $0.optimizer == "a" }?.meanRank ?? 0) - 1.0 / 3) < 1e-12)
    #expect(board.rows.last?.meanRank == 1)
  }

  /// Friedman's F test (Iman and Davenport) has p = 0.0643, Nemenyi's q of a and e is 3.960, above 3.858 (SciPy).
  @Test func `no pair is tested where the joint test does not reject`() throws {
    let orders = ["acdbe", "edabc", "adcbe", "abcde", "abcde"]
    let comparison = suite(
      orders.enumerated().map { RankingExamples.contest("s\($0)", $1.map(String.init)) }
    ).comparison
    #expect(abs(try #require(comparison.jointPValue) - 0.0643) < 5e-5)
    #expect(comparison.pair(0, 4).nemenyiPValue < 0.05)
    #expect((1..<5).allSatisfy { comparison.isAlike(0, $0) })
    let same = suite((0..<8).map { RankingExamples.contest("s\($0)", Self.seven) }).comparison
    #expect(same.isAlike(0, 1) && !same.isAlike(0, 6))
  }

  @Test func `four scenarios are no ranking`() {
    let comparison = suite((0..<4).map { RankingExamples.contest("s\($0)", ["a", "b"]) }).comparison
    #expect(comparison.optimizers.isEmpty && comparison.scenarios.isEmpty)
    #expect(comparison.design.unranked.map(\.optimizer) == ["a", "b"])
    #expect(suite([]).leaderboard.rows.isEmpty)
  }

  /// Without c, which has four scenarios, one scenario of a compares nobody, and a has four as well.
  @Test func `what fails a condition is taken out until nothing does`() {
    let results =
      (0..<4).map { RankingExamples.contest("s\($0)", ["a", "b", "c"]) }
      + [RankingExamples.contest("s4", ["a", "c0"])]
    #expect(suite(results).comparison.optimizers.isEmpty)
  }

  @Test func `optimizers that meet nobody of the others are ranked apart from them`() {
    let results =
      (0..<5).map { RankingExamples.contest("s\($0)", ["a", "b", "c"]) }
      + (0..<6).map { RankingExamples.contest("t\($0)", ["y", "z"]) }
    let design = suite(results).comparison.design
    #expect(design.optimizers == ["a", "b", "c"] && design.scenarios.count == 5)
    #expect(design.unranked.map(\.optimizer) == ["y", "z"])
    #expect(design.unranked.allSatisfy { $0.reason == .apart })
  }

  @Test
  func `variants are compared in their own scenario, and a label of two rules is two optimizers`() {
    var results = (0..<6).map { RankingExamples.contest("s\($0)", ["a", "b", "c"]) }
    for index in results.indices {
      let last = results[index].scenario.optimizers.count - 1
      results[index].scenario.optimizers[last].variant = .init(
        label: "c", optimizer: "a", changes: [:])
      if index == 0 { results[index].scenario.optimizers[1].rule = "other" }
    }
    let design = suite(results).comparison.design
    #expect(design.optimizers == ["a", "b (b)"] && design.scenarios.count == 5)
    #expect(design.unranked.map(\.optimizer) == ["b (other)"])
  }

  @Test func `settings of different kinds are told apart`() {
    let results = (0..<6).map { index in
      RankingExamples.contest(
        "s\(index)", ["a", "b"], settings: index == 0 ? ["a": .defaults] : [:])
    }
    let rows = suite(results).leaderboard.rows
    #expect(rows[0].settings == [.handPicked: 5, .defaults: 1])
    #expect(rows[1].settings == [.handPicked: 6])
  }

  @Test func `the best are a set`() {
    // b is first in eleven of twelve scenarios, c last in all.
    let results = (0..<12).map { index in
      RankingExamples.contest("s\(index)", index == 0 ? ["a", "b", "c"] : ["b", "a", "c"])
    }
    let comparison = suite(results).comparison
    #expect(comparison.optimizers == ["b", "a", "c"] && comparison.reach?.canReject == true)
    // Ranks differ by as much in each scenario, so a loses 72 of 78 rank sums: p = 0.006, times 2.
    #expect(comparison.best == ["b"])
    let even = (0..<12).map { index in
      RankingExamples.contest("s\(index)", index < 5 ? ["a", "b", "c"] : ["b", "a", "c"])
    }
    #expect(suite(even).comparison.best == ["b", "a"])
  }

  /// The relative ranks 0, 0, ⅓, ⅓, 1 and ⅓, ⅓, 0, 1, 0 have the same mean, but their sums round differently.
  @Test func `rounding of sums orders nobody`() {
    let results = ["abcd", "abcd", "bacd", "cadb", "bcda"].enumerated().map { index, order in
      RankingExamples.contest("s\(index)", order.map(String.init))
    }
    let comparison = suite(results).comparison
    #expect(comparison.ranks.means.prefix(2).allSatisfy { abs($0 - 1.0 / 3) < 1e-15 })
    #expect(comparison.optimizers == ["a", "b", "c", "d"])
  }

  @Test func `each pair has its own least p value, and the untested are named apart`() {
    // Three optimizers; c runs in five of twelve scenarios.
    let results = (0..<12).map { index in
      RankingExamples.contest("s\(index)", index < 5 ? ["b", "a", "c"] : ["b", "a"])
    }
    let comparison = suite(results).comparison
    #expect(comparison.optimizers == ["b", "a", "c"])
    // 3 · 2/2¹²; then Holm's factor 2 for two pairs with 2/2⁵.
    #expect(comparison.pairs.map(\.scenarios) == [12, 5, 5])
    #expect(comparison.pairs.map(\.leastHolmPValue) == [3 * 2 / 4_096, 0.125, 0.125])
    #expect(comparison.untested.map(\.optimizer) == ["c"] && comparison.named == ["b"])
    #expect(comparison.best == ["b", "c"])
    let rows = suite(results).leaderboard.rows
    #expect(rows.map(\.isAmongBest) == [true, false, false])
    // One start each: first in all, in none by a test.
    #expect(rows.map(\.wins) == [12, 0, 0] && rows.map(\.clearWins) == [0, 0, 0])
  }

  @Test func `first places are clear where tests distinguish them`() {
    let clear = (0..<10).map { 0.9 + 0.001 * Double($0) }
    let results = (0..<5).map { index in
      var result = RankingExamples.network([
        ("a", clear), ("b", index < 2 ? clear.map { $0 - 0.1 } : clear.reversed()),
      ])
      result.scenario.name = "s\(index)"
      return result
    }
    let rows = suite(results).leaderboard.rows
    #expect(rows.map(\.optimizer) == ["a", "b"])
    #expect(rows.map(\.wins) == [5, 3] && rows.map(\.clearWins) == [2, 0])
  }
}
