import Analysis
import Foundation
import Records
import Reporting
import TestSupport
import Testing
import Text

/// Tables across scenarios and pairs, with numbers small enough to work out by hand.
struct SuiteTablesTests {
  /// Losses of each optimizer's seeds; a loss falls from 16 over 8 to its last value at steps 10 and 20. `nil` is a divergence.
  private func result(
    _ name: String, target: Double? = nil, kind: ScenarioRecord.Kind = .surface,
    _ losses: [(String, [Double?])]
  ) -> ScenarioResult {
    let scenario = ScenarioRecord(
      name: name, title: "", problem: .legacy(""), budget: .legacy(""), kind: kind,
      rankedBy: .loss,
      target: target.map { Target(metric: .loss, value: $0) },
      optimizers: losses.map { Participant(label: $0.0, rule: $0.0, hyperparameters: [:]) })
    let runs = losses.flatMap { label, values in
      values.enumerated().map { seed, value in
        ScenarioResult.Run(
          optimizer: label, seed: seed,
          trial: TrialRecord(
            key: "", configuration: "", status: value == nil ? .diverged(step: 20) : .finished,
            steps: 20, epochs: 0, lossEvaluations: 21, gradientEvaluations: 21, parameters: 2,
            stateBytes: 0, wallSeconds: 2,
            curves: [
              Curve(
                metric: .loss, steps: [0, 10, 20], epochs: nil, values: [16, 8, value ?? .nan])
            ], trajectory: nil))
      }
    }
    return ScenarioResult(scenario: scenario, runs: runs)
  }

  private func records(_ file: String, _ results: [ScenarioResult]) throws -> [[String: String]] {
    let folder = try TemporaryFolder()
    try Report.writeTables(of: results, to: folder.path + "/csv")
    return CSVReader.records(try folder.text("csv/\(file)"))
  }

  @Test func `ranking compares those with five scenarios and names the others`() throws {
    let rows = try records(
      "ranking.csv",
      [
        result("one", target: 8, [("b", [2]), ("a", [1]), ("c", [3])]),
        result("two", target: 4, [("a", [1]), ("b", [nil]), ("d", [0])]),
        result("three", [("a", [5]), ("b", [4])]), result("four", [("a", [1]), ("b", [2])]),
        result("five", [("a", [1]), ("b", [2])]),
      ])
    #expect(rows.map { $0["optimizer"] } == ["a", "b", "c", "d"])
    // Target 8 is reached at step 10 by both, so they tie; target 4 by a alone. a: ranks 1.5, 1, 2, 1, 1.
    let rank = try #require(rows[0]["average_rank"].flatMap(Double.init))
    #expect(abs(rank - 1.3) < 1e-12)
    #expect(rows[0]["wins"] == "3" && rows[0]["ties"] == "1" && rows[0]["losses"] == "1")
    #expect(rows[0]["scenarios"] == "5" && rows[0]["ranked_scenarios"] == "5")
    #expect(rows[0]["algoperf_score"] == "1" && rows[1]["algoperf_score"] == "0.5")
    #expect(rows[0]["scenarios_with_target"] == "2" && rows[2]["average_rank"] == "")
    #expect(rows[2]["participations"] == "1")
    #expect(rows[0]["friedman_p_value"] != "" && rows[0]["skillings_mack_p_value"] == "")
  }

  @Test func `each pair of a ranking has the least p value of its own scenarios`() throws {
    let results = (1...8).map { index in
      result("s\(index)", [("a", [1]), ("b", [2])] + (index < 6 ? [("c", [3])] : []))
    }
    let rows = try records("ranking_pairs.csv", results)
    #expect(rows.map { $0["scenarios"] } == ["8", "5", "5"])
    // 3 · 2/2⁸, then 2 · 2/2⁵.
    #expect(rows.map { $0["least_holm_p_value"] } == ["0.0234375", "0.125", "0.125"])
  }

  @Test func `fewer than five scenarios are not ranked`() throws {
    let results = (1...4).map { result("s\($0)", [("a", [1]), ("b", [2])]) }
    let rows = try records("ranking.csv", results)
    #expect(rows.map { $0["participations"] } == ["4", "4"])
    #expect(
      rows.allSatisfy {
        $0["average_rank"] == "" && $0["critical_difference"] == "" && $0["friedman_p_value"] == ""
      })
    #expect(try records("ranking_pairs.csv", results).isEmpty)
  }

  @Test func `below a surface without a lowest value the first at the target is ahead`() throws {
    var fall = result("fall", target: 8, [("slow", [-100]), ("fast", [-1])])
    fall.scenario.isUnbounded = true
    fall.runs[0].trial.curves[0].values = [16, 9, -100]
    let summaries = ScenarioAnalysis(fall).summaries
    #expect(summaries.map(\.optimizer) == ["slow", "fast"] && summaries.map(\.rank) == [2, 1])
    #expect(ScenarioAnalysis(fall).winners.map(\.optimizer) == ["fast"])
    fall.runs[1].trial.status = .diverged(step: 20)
    // Whoever falls for ever has reached the target all the same.
    #expect(ScenarioAnalysis(fall).winners.map(\.optimizer) == ["fast"])
    fall.scenario.target?.value = -1000
    #expect(ScenarioAnalysis(fall).winners == [])
    // Nobody solved it, and how far one fell says nothing.
    #expect(ScenarioAnalysis(fall).summaries.map(\.rank) == [1.5, 1.5])
    fall.runs[1].trial.status = .finished
    fall.scenario.isUnbounded = nil
    #expect(ScenarioAnalysis(fall).summaries.map(\.rank) == [1, 2])
  }

  @Test func `pairs of a ranking have adjusted p values`() throws {
    let results = (0..<6).map { result("s\($0)", [("a", [1]), ("b", [2]), ("c", [0.5])]) }
    let rows = try records("ranking_pairs.csv", results)
    #expect(rows.count == 3)
    // Six pairs of one sign: 2/2⁶, the least of three times 3, the others no less.
    #expect(
      rows.allSatisfy { $0["wilcoxon_p_value"] == "0.03125" && $0["holm_p_value"] == "0.09375" })
    #expect(
      rows[0]["optimizer"] == "c" && rows[0]["wins"] == "6" && rows[0]["rank_difference"] == "1")
    // These are already the least; 3 · 2/2⁷ = .047 is the first below .05.
    #expect(
      rows.allSatisfy { $0["least_holm_p_value"] == "0.09375" && $0["scenarios_needed"] == "7" })
  }

  @Test func `pairs within a scenario take the seeds that both have`() throws {
    let rows = try records(
      "pairwise.csv",
      [
        result("s", kind: .network, [("a", [1, 2, 3]), ("b", [2, 4, nil, 9])]),
        result("t", kind: .network, [("a", [1]), ("b", [2])]),
      ])
    #expect(rows.count == 1 && rows[0]["pairs"] == "3" && rows[0]["wins"] == "3")
    // −1, −2 and −∞; three signs alike: 2/2³.
    #expect(rows[0]["median_difference"] == "-2" && rows[0]["wilcoxon_p_value"] == "0.25")
    #expect(rows[0]["hedges_g"] == "" && rows[0]["cliffs_delta"] != "")
    #expect(rows[0]["least_holm_p_value"] == "0.25" && rows[0]["seeds_needed"] == "6")
  }

  @Test func `no pair is below the least p value of its scenario`() throws {
    let many = (1...10).map(Double.init)
    let rows = try records(
      "pairwise.csv",
      [
        result(
          "s", kind: .network,
          [
            ("a", many), ("b", many.map { $0 + 1 }), ("c", [0.5, 3, 1]),
          ])
      ])
    // a and b share ten seeds, c three with each: 3 · 2/2¹⁰, then 2/2³, once doubled.
    let least = rows.map { "\($0["least_holm_p_value"] ?? "")" }
    #expect(least == ["\(6.0 / 1024)", "0.5", "0.5"])
    #expect(rows.allSatisfy { $0["seeds_needed"] == "7" })
    for row in rows {
      let adjusted = try #require(row["holm_p_value"].flatMap(Double.init))
      #expect(adjusted >= (row["least_holm_p_value"].flatMap(Double.init) ?? 2))
    }
    #expect(rows[0]["holm_p_value"] == rows[0]["least_holm_p_value"])
  }

  @Test func `unreached targets make the expected time longer and none infinite`() throws {
    let rows = try records(
      "summary.csv",
      [result("s", target: 4, [("a", [1, 5, nil]), ("b", [5, 5, 5]), ("c", [1, 1, 1])])])
    // 20 + 20 + 20 steps for one success.
    #expect(
      rows[0]["expected_steps_to_target"] == "60"
        && rows[0]["success_rate"]?.hasPrefix("0.33") == true)
    #expect(rows[0]["steps_to_target"] == "20" && rows[0]["median_steps_to_target"] == "inf")
    #expect(rows[1]["expected_steps_to_target"] == "inf" && rows[1]["seconds_to_target"] == "")
    #expect(rows[2]["expected_steps_to_target"] == "20" && rows[2]["seconds_to_target"] == "2")
  }

  @Test func `shares of targets grow with steps up to those reached`() throws {
    let rows = try records(
      "targets.csv", [result("s", target: 1, [("a", [0]), ("b", [4]), ("c", [nil])])])
    // The best value found is 0. From a distance of 16 to 1 in 50 equal factors of 16^(1/50): 8 is the 12th, 4 the 25th.
    func shares(_ optimizer: String) -> [String?] {
      rows.filter { $0["optimizer"] == optimizer }.map { $0["share"] }
    }
    #expect(
      shares("a") == ["0.24", "1"] && shares("b") == ["0.24", "0.5"] && shares("c") == ["0.24"])
    #expect(rows[0]["steps"] == "10" && rows[1]["steps"] == "20")
  }
}
