import Analysis
import Records
import Statistics
import Testing

/// What ranks the optimizers of a surface.
@Suite struct ScenarioRankingTests {
  private func ranks(_ result: ScenarioResult) -> [Double] {
    ScenarioAnalysis(result).summaries.map(\.rank)
  }

  /// 10⁻²³ against 10⁻¹⁹ says nothing; who reached the target first does.
  @Test func `the fewest evaluations to the target rank first, not the lowest last value`() {
    let slow = [24, 10, 5, 1, 1e-2, 1e-5, 1e-23]
    let fast = [24, 1, 1e-5, 1e-8, 1e-12, 1e-15, 1e-19]
    let analysis = ScenarioAnalysis(
      RankingExamples.surface([("slow", [slow]), ("fast", [fast])], target: 1e-4, lowest: 0))
    #expect(analysis.ranking.basis == .evaluations(.target))
    #expect(analysis.summaries.map(\.rank) == [2, 1])
    #expect(analysis.winners.map(\.optimizer) == ["fast"])
    // A gradient and a loss per step.
    #expect(analysis.summaries.map { $0.stepsToTarget } == [5, 2])
    let evaluations = analysis.summaries.compactMap(\.evaluationsToSolve)
    #expect(evaluations[0] > evaluations[1] && (4...6).contains(evaluations[1]))
  }

  @Test func `without a target the hardest precision that anyone reaches decides`() {
    // From 1: 10⁻⁴ is reached by both, 10⁻⁵ by none.
    let analysis = ScenarioAnalysis(
      RankingExamples.surface(
        [("slow", [[1, 0.5, 0.2, 1e-2, 2e-5]]), ("fast", [[1, 9e-5, 8e-5, 7e-5, 6e-5]])], lowest: 0)
    )
    #expect(analysis.ranking.basis == .evaluations(.precision(1e-4)))
    #expect(analysis.summaries.map(\.rank) == [2, 1])
  }

  @Test func `those that miss the target follow by loss, and rounding ties them`() {
    let result = RankingExamples.surface(
      [
        ("far", [[9, 8, 7]]), ("solved", [[9, 3, 0.5]]), ("near", [[9, 3, 2]]),
        ("as near", [[9, 3, 2 * (1 + 1e-12)]]), ("diverged", [[9, 99, .nan]]),
      ], target: 1, lowest: 0)
    #expect(ranks(result) == [4, 1, 2.5, 2.5, 5])
  }

  @Test func `equal numbers of evaluations share a rank, whatever the last losses are`() {
    let result = RankingExamples.surface(
      [("a", [[9, 0.5, 1e-3]]), ("b", [[9, 0.9, 1e-30]]), ("c", [[9, 2, 0.5]])], target: 1,
      lowest: 0)
    #expect(ranks(result) == [1.5, 1.5, 3])
    #expect(ScenarioAnalysis(result).best?.first == ["a", "b"])
  }

  /// Of three starts: all solved; two; one; none.
  @Test func `more solved starts rank before a lower loss`() {
    let (good, bad) = ([9, 0.5], [9, 2.0])
    let result = RankingExamples.surface(
      [
        ("none", [[9, 1.5], [9, 1.5], [9, 1.5]]), ("one", [good, bad, bad]),
        ("two", [good, good, bad]), ("all", [good, good, good]),
      ], target: 1, lowest: 0)
    // The median of two of three is a number of evaluations, and equals that of all three.
    #expect(ranks(result) == [4, 3, 1.5, 1.5])
    let summaries = ScenarioAnalysis(result).summaries
    #expect(summaries.compactMap(\.solvedRate) == [0, 1.0 / 3, 2.0 / 3, 1])
    #expect(summaries.map { $0.evaluationsToSolve?.isFinite } == [false, false, true, true])
  }

  /// The start decides what precision means: half of the starts are a hundred times higher.
  @Test func `a precision is a share of each start's own distance`() throws {
    let result = RankingExamples.surface(
      [("a", [[1, 0.05], [100, 5]]), ("b", [[1, 1], [100, 100]])], lowest: 0)
    let solving = ScenarioAnalysis(result).solving
    let tenth = try #require(solving.first { $0.goal == .precision(0.1) && $0.optimizer == "a" })
    #expect(tenth.attempts.successes == 2 && tenth.bound == 0.1 && tenth.lowest?.isKnown == true)
    let hundredth = try #require(
      solving.first { $0.goal == .precision(0.01) && $0.optimizer == "a" })
    #expect(hundredth.attempts.successes == 0)
  }

  @Test(arguments: [0, 5, -5, 1e4])
  func `a constant added to the loss changes no rank and no target`(offset: Double) throws {
    func analysis(_ offset: Double) -> ScenarioAnalysis {
      ScenarioAnalysis(
        RankingExamples.surface([
          ("a", [[11, 3, 0.25, 1.0 / 1024, 0].map { $0 + offset }]),
          ("b", [[11, 8, 4, 2, 1].map { $0 + offset }]),
          ("c", [[11, 10, 9, 8, 7].map { $0 + offset }]),
        ]))
    }
    let (plain, moved) = (analysis(0), analysis(offset))
    #expect(moved.summaries.map(\.rank) == plain.summaries.map(\.rank))
    #expect(moved.ranking.basis == plain.ranking.basis)
    #expect(moved.profiles.map(\.steps) == plain.profiles.map(\.steps))
    #expect(plain.profiles.map { $0.steps.shares.last } == [1, 0.14, 0.02])
    for (own, other) in zip(moved.ladder.targets, plain.ladder.targets) {
      #expect(abs(own - offset - other) <= 1e-9)
    }
  }

  @Test func `pairs of starts are compared by evaluations, and by loss where neither solved one`()
    throws
  {
    let solved = [9, 0.5]
    let slow = [9, 2, 0.5]
    let missed = [9, 2.0, 1.5]
    let analysis = ScenarioAnalysis(
      RankingExamples.surface(
        [
          ("fast", [solved, solved, solved]), ("slow", [slow, slow, missed]),
          ("never", [missed, missed, missed]), ("worse", [[9, 8], [9, 8], [9, 8]]),
        ], target: 1, lowest: 0))
    func pair(_ one: String, _ other: String) throws -> PairwiseComparison {
      try #require(analysis.pairs.first { $0.optimizer == one && $0.other == other })
    }
    let first = try pair("fast", "slow")
    #expect(first.isByEvaluations && first.score.wins == 3 && first.pValue == 0.25)
    let last = try pair("never", "worse")
    #expect(!last.isByEvaluations && last.medianDifference == -6.5)
    // Three against three events; the least p value that 20 divisions allow is 0.1.
    #expect(try pair("fast", "never").logRankPValue == 0.1)
    #expect(last.logRankPValue == 1)
  }
}
