import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// What the tables of the page say of results small enough to work out by hand.
@Suite struct PageTablesTests {
  /// Of five scenarios one has an outsider that is ahead of all; the places are those among the two that are ranked.
  @Test func `places on the leaderboard are among those compared`() throws {
    var results = (0..<5).map { Self.contest("s\($0)", [("a", 1), ("b", 2)]) }
    results[2] = Self.contest("s2", [("outsider", 0), ("a", 1), ("b", 2), ("worst", 3)])
    let page = try PageTests.page(results)
    let begin = try #require(page.range(of: "id=\"leaderboard\""))
    let end = try #require(page.range(of: "</section>", range: begin.upperBound..<page.endIndex))
    let rows = page[begin.upperBound..<end.lowerBound].components(separatedBy: "<tr")
    let first = try #require(rows.first { $0.contains(">a<") })
    // First in all five: 1 − (0.05/4)^(1/5) for two optimizers; five scenarios do not exclude ½.
    #expect(
      first.contains(">0.00<") && first.contains(">0.00 … 0.58<") && first.contains(">5 of 5<"))
    let second = try #require(rows.first { $0.contains(">b<") })
    #expect(second.contains(">1.00<"))
  }

  private static func contest(_ name: String, _ losses: [(String, Double)]) -> ScenarioResult {
    let runs = losses.map { label, loss in
      ScenarioResult.Run(
        optimizer: label, seed: 0,
        trial: TrialRecord(
          key: "\(name)-\(label)", configuration: "", status: .finished, steps: 1, epochs: 0,
          lossEvaluations: 2, gradientEvaluations: 2, parameters: 2, stateBytes: 0, wallSeconds: 0,
          curves: [Curve(metric: .loss, steps: [0, 1], epochs: nil, values: [9, loss])],
          trajectory: nil))
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: name, title: name, problem: .legacy(""), budget: .legacy(""), kind: .surface,
        rankedBy: .loss,
        optimizers: losses.map { Participant(label: $0.0, rule: $0.0, hyperparameters: [:]) },
        trials: runs.map { TrialReference(optimizer: $0.optimizer, seed: 0, key: $0.trial.key) }),
      runs: runs)
  }

  @Test func `large numbers have one format, whole or not`() throws {
    let page = try PageTests.page([
      Self.contest("s", [("a", 2360.4), ("b", 12_640.3), ("c", 2875)])
    ])
    #expect(page.contains(">2,360<") && page.contains(">12,640<") && page.contains(">2,875<"))
  }

  /// Of three runs one diverges: there is a median but no mean.
  @Test func `with a diverged run there is no mean`() throws {
    let page = try PageTests.page([Examples.networkResult()])
    let row = try #require(
      page.components(separatedBy: "<tr").first {
        $0.contains(">adadelta</th>") && $0.contains("<small>")
      })
    #expect(row.contains(">–</td>") && row.components(separatedBy: "−∞").count == 2, "\(row)")
  }

  @Test func `a failed run is among the failures, with its reason`() throws {
    var result = Self.contest("s", [("a", 1), ("b", 2)])
    result.runs[1].trial = TrialRecord(
      key: "s-b", configuration: "", without: .failed(reason: "no room <here>"))
    let page = try PageTests.page([result])
    #expect(page.contains("no room &lt;here&gt;") && page.contains("Failed: b (1 of 1)"))
    #expect(!page.contains("No run failed"))
  }

  /// Each optimizer that missed the target has its own row, with the metric of the target and not the one that ranks.
  @Test func `how far an optimizer was from the target is in its own row`() throws {
    var result = Self.contest("s", [("near", 1), ("far", 2), ("there", 3)])
    result.scenario.kind = .network
    result.scenario.rankedBy = .testAccuracy
    result.scenario.target = Target(metric: .validationAccuracy, value: 0.95)
    for (index, accuracy) in [0.94, 0.5, 0.96].enumerated() {
      result.runs[index].trial.curves = [
        Curve(metric: .testAccuracy, steps: [0, 1], epochs: [0, 1], values: [0.1, 0.25]),
        Curve(
          metric: .validationAccuracy, steps: [0, 1], epochs: [0, 1], values: [0.1, accuracy]),
      ]
    }
    let page = try PageTests.page([result])
    let begin = try #require(page.range(of: "id=\"failures\""))
    let rows = page[begin.upperBound...].components(separatedBy: "<tr")
      .compactMap { $0.components(separatedBy: "</tr>").first }
      .filter { $0.contains("target not reached") }
    #expect(rows.count == 2 && !rows.contains { $0.contains("25.00 %") })
    for (row, text) in zip(rows, [("near", "94.00 %"), ("far", "50.00 %")]) {
      #expect(
        row.contains(text.0)
          && row.contains("median validation accuracy \(text.1) at the end; target ≥ 95.00 %"))
    }
  }

  @Test func `the leaderboard says whose first places are clear`() throws {
    let page = try PageTests.page((0..<5).map { Self.contest("s\($0)", [("a", 1), ("b", 2)]) })
    #expect(page.contains("5 (0 clear)"))
    #expect(
      page.contains(
        "First in every scenario: a in 5 of its 5 scenarios (in none do tests distinguish it from all others)."
      ))
  }

  @Test func `the leaderboard names pairs that share too few scenarios to be tested`() throws {
    let page = try PageTests.page(
      (0..<12).map { index in
        Self.contest("s\(index)", [("a", 1), ("b", 2)] + (index < 5 ? [("c", 3)] : []))
      })
    #expect(
      page.contains(
        "paired tests (Wilcoxon, Holm over 3 pairs) distinguish it from every other optimizer that they can test. "
          + "Too few scenarios are shared with it for any result to be significant; at least 7 are needed: c (5)."
      ))
  }

  @Test
  func `a page of ten thousand runs shows those that went wrong, and tells where the others are`()
    throws
  {
    var result = Self.contest("s", (0..<5000).map { ("o\($0)", Double($0)) })
    for index in 4000..<4600 { result.runs[index].trial.status = .diverged(step: 1) }
    let page = try PageTests.page([result])
    #expect(page.contains("1,000 of 5,000 are shown, failures first"))
    #expect(page.contains("400 more; see csv/runs.csv"))
    let begin = try #require(page.range(of: "A run is one optimizer with one seed"))
    let end = try #require(page.range(of: "</table>", range: begin.upperBound..<page.endIndex))
    let rows = page[begin.upperBound..<end.lowerBound].components(separatedBy: "<tr").dropFirst(2)
    #expect(rows.count == 1000 && rows.count { $0.contains("diverged at step 1") } == 600)
  }

  @Test func `a run's value is that of the epoch it was taken back to`() throws {
    var result = Examples.networkResult()
    let metric = result.scenario.rankedBy
    let index = try #require(
      result.runs[0].trial.curves.firstIndex { $0.metric == metric && $0.layer == nil })
    let count = result.runs[0].trial.curves[index].values.count
    result.runs[0].trial.curves[index].values = (0..<count).map { $0 == 1 ? 0.87654 : 0.5 }
    result.runs[0].trial.restoredEpoch = 1
    let page = try PageTests.page([result])
    // In the table of runs: the summary's figures are taken from there too.
    let begin = try #require(page.range(of: "A run is one optimizer with one seed"))
    let end = try #require(page.range(of: "</table>", range: begin.upperBound..<page.endIndex))
    let first = page[begin.upperBound..<end.lowerBound].components(separatedBy: "<tr")[2]
    #expect(first.contains("87.65 %") && !first.contains("50.00 %"), "\(first)")
  }
}
