import Foundation
import Gate
import Records
import Statistics
import Testing

/// `bench compare`: what is paired, what is refused, and what is said of the rest.
@Suite struct PairedComparisonTests {
  /// A scenario with a run per seed.
  private func scenario(
    _ problem: [String: Setting] = ["surface": .text("sphere")], metric: Metric = .loss,
    seeds: [Int] = [0], baseSeed: UInt64? = nil, optimizer: [String: Setting] = [:],
    result: (Int) -> Double
  ) -> BaselineScenario {
    BaselineScenario(
      name: "s", tier: metric == .loss ? .exact : .noisy, problem: ComparedFields(problem),
      budget: BudgetRecord.steps(9).compared,
      optimizerFields: ["a": ComparedFields(optimizer)], metric: metric,
      runs: seeds.map {
        BaselineRun(
          optimizer: "a", seed: $0, baseSeed: baseSeed, status: "finished", steps: 9,
          lossEvaluations: 10, gradientEvaluations: 10, result: result($0), waypoints: [:])
      })
  }

  private static let network: [String: Setting] = ["dataset": .text("digits")]

  private func compare(_ first: BaselineScenario, _ second: BaselineScenario) -> PairedComparison {
    PairedComparison.all([first], [second])[0]
  }

  @Test func `only runs with the same seed are compared, and the others are named`() {
    // The six common seeds are equal; the others would move the medians.
    let first = scenario(
      Self.network, metric: .testAccuracy, seeds: Array(0..<10)
    ) { $0 < 4 ? 0.1 : 0.9 - 0.001 * Double($0) }
    let second = scenario(
      Self.network, metric: .testAccuracy, seeds: Array(4..<12)
    ) { $0 > 9 ? 0.99 : 0.9 - 0.001 * Double($0) }
    let one = compare(first, second)
    #expect(one.verdict == .equal && one.pairs == 6 && one.first == one.second)
    #expect(one.unpairedFirst == 4 && one.unpairedSecond == 2)
    #expect(one.detail == "seeds 0 to 3 only in the first; seeds 10, 11 only in the second")
    let apart = compare(
      scenario(seeds: [0]) { _ in 1 }, scenario(seeds: [1]) { _ in 1 })
    #expect(apart.verdict == .incomparable && apart.pairs == 0)
    #expect(apart.detail == "seed 0 only in the first; seed 1 only in the second")
  }

  @Test func `other random numbers are not compared, where there are any`() {
    let seeds = Array(0..<8)
    let networks = [1, 2].map { base in
      scenario(Self.network, metric: .testAccuracy, seeds: seeds, baseSeed: base) { _ in 0.5 }
    }
    #expect(compare(networks[0], networks[1]).verdict == .incomparable)
    #expect(
      compare(networks[0], networks[1]).detail == "other random numbers: base seed 2, was 1")
    #expect(compare(networks[0], networks[0]).verdict == .equal)
    let noise: [String: Setting] = ["surface": .text("sphere"), "gradient_noise": .number(0.1)]
    let noisy = [1, 2].map { base in scenario(noise, baseSeed: base) { _ in 1 } }
    #expect(compare(noisy[0], noisy[1]).verdict == .incomparable)
    let plain = [1, 2].map { base in scenario(baseSeed: base) { _ in 1 } }
    #expect(compare(plain[0], plain[1]).verdict == .equal)
  }

  @Test(arguments: [
    (["start": Setting.list([.number(5)])], "start [5], was [1]"),
    (["data": .text("b")], "data b, was a"),
    (["initialization": .text("zero")], "initialization zero, was he"),
  ])
  func `another start, other data or another initialization are named and compare with nothing`(
    change: [String: Setting], difference: String
  ) {
    let fields: [String: Setting] = [
      "surface": .text("sphere"), "start": .list([.number(1)]), "data": .text("a"),
      "initialization": .text("he"),
    ]
    let one = compare(
      scenario(fields) { _ in 1 }, scenario(fields.merging(change) { $1 }) { _ in 2 })
    #expect(one.verdict == .incomparable && one.pairs == 0 && one.difference.isNaN)
    #expect(one.detail == "another problem now: \(difference)")
    #expect(ComparisonReport([one]).hasRegression)
  }

  @Test func `a surface is better or worse only if all seeds agree, and changed otherwise`() {
    let before = scenario(seeds: [0, 1, 2]) { _ in 1 }
    func verdict(_ result: @escaping (Int) -> Double) -> PairedComparison {
      compare(before, scenario(seeds: [0, 1, 2], result: result))
    }
    #expect(verdict { _ in 1 + 1e-10 }.verdict == .equal)
    #expect(verdict { $0 == 1 ? 0.5 : 1 }.verdict == .better)
    #expect(verdict { $0 == 1 ? 2 : 1 }.verdict == .worse)
    let mixed = verdict { [0.5, 2, 1][$0] }
    #expect(mixed.verdict == .changed && mixed.detail == "better with 1 seed, worse with 1")
    var counted = before
    counted.runs[2].lossEvaluations = 11
    let other = compare(before, counted)
    #expect(other.verdict == .changed)
    #expect(other.detail == "equal results, but loss evaluations: 10 → 11")
  }

  @Test func `a network's verdict is Wilcoxon's, and settings that changed are named`() {
    let seeds = Array(0..<10)
    let good = scenario(
      Self.network, metric: .testAccuracy, seeds: seeds, optimizer: ["learning_rate": .number(1)]
    ) { 0.9 + 0.001 * Double($0) }
    let bad = scenario(
      Self.network, metric: .testAccuracy, seeds: seeds, optimizer: ["learning_rate": .number(2)]
    ) { 0.8 + 0.002 * Double($0) }
    let one = compare(good, bad)
    // Ten pairs of one sign: 2/2¹⁰.
    #expect(one.verdict == .worse && one.pairs == 10 && one.pValue == 0.001953125)
    #expect(one.cliffsDelta?.value == -1 && (one.hedgesG?.value ?? 0) < 0)
    #expect(one.detail == "learning_rate 2, was 1")
    #expect(ComparisonReport([one]).hasRegression)
    #expect(compare(bad, good).verdict == .better)
    #expect(!ComparisonReport([compare(bad, good)]).hasRegression)
    #expect(PairedComparison.all([good], [])[0].verdict == .onlyFirst)
    #expect(PairedComparison.all([], [good])[0].verdict == .onlySecond)
    #expect(ComparisonReport(PairedComparison.all([good], [])).hasRegression)
    #expect(!ComparisonReport(PairedComparison.all([], [good])).hasRegression)
  }

  @Test func `JSON, CSV and Markdown hold every comparison, whatever the names and numbers`() throws
  {
    var named = scenario { _ in .infinity }
    named.name = "a|b,\"c\"\nd"
    let report = ComparisonReport(
      PairedComparison.all([named, scenario { _ in 1 }], [scenario { _ in 0.5 }]))
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [[String: Any]])
    #expect(rows.count == 2 && rows[0]["scenario"] as? String == named.name)
    #expect(rows[0]["first"] as? String == "inf" && rows[0]["p_value"] is NSNull)
    #expect(rows[1]["difference"] as? Double == -0.5 && rows[1]["verdict"] as? String == "better")
    let columns = report.csv.split(separator: "\n")[0].split(separator: ",").map(String.init)
    #expect(Set(columns) == Set(rows[0].keys))
    let lines = report.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.replacing("\\|", with: "").count { $0 == "|" } == 12 })
    #expect(report.summary == "1 better, 1 only in the first")
  }

  // MARK: Planning

  /// Two optimizers whose paired differences have the mean 0.02 and the standard deviation 0.02.
  private var pilot: BaselineScenario {
    var one = scenario(Self.network, metric: .testAccuracy, seeds: [0, 1, 2]) { _ in 0.9 }
    let differences = [0.0, 0.02, 0.04]
    one.runs += one.runs.map {
      var run = $0
      run.optimizer = "b"
      run.result -= differences[run.seed]
      return run
    }
    return one
  }

  @Test func `a plan from a pilot uses the spread of its pairs, and Holm's first level`() throws {
    let row = try #require(SeedPlan(SeedPlan.Question(), pilot: [pilot]).rows.first)
    #expect(row.optimizer == "a" && row.other == "b" && row.seeds == 3 && row.tests == 1)
    // Three optimizers make three pairs, all of which the report tests.
    var three = pilot
    three.runs += pilot.runs.filter { $0.optimizer == "b" }.map {
      var run = $0
      run.optimizer = "c"
      return run
    }
    let rows = SeedPlan(SeedPlan.Question(), pilot: [three]).rows
    #expect(rows.map(\.other) == ["b", "c"] && rows.allSatisfy { $0.tests == 3 })
    // Three numbers near 0.9 are rounded to 10⁻¹⁶, and so are their differences.
    #expect(abs(row.effect - 1) < 1e-13 && row.student == 10)
    let smaller = try #require(
      SeedPlan(SeedPlan.Question(difference: 0.01), pilot: [pilot]).rows.first)
    #expect(abs(smaller.effect - 0.5) < 1e-13 && smaller.student == 34)
    let many = SeedPlan(SeedPlan.Question(tests: 6, effects: [0.5, 2]), pilot: [pilot]).rows
    #expect(many.map(\.student) == [52, 7])
    // With fewer than eight pairs, no p value is below 0.05/6: the least is 2/2ⁿ.
    #expect(many.allSatisfy { ($0.wilcoxon ?? 0) >= 8 })
  }

  @Test func `what has no spread is not planned from`() {
    let equal = scenario(Self.network, metric: .testAccuracy, seeds: [0, 1]) { _ in 0.9 }
    #expect(SeedPlan(SeedPlan.Question(), pilot: [equal]).rows.isEmpty)
    var diverged = pilot
    diverged.runs[4].result = -.infinity
    #expect(SeedPlan(SeedPlan.Question(), pilot: [diverged]).rows.isEmpty)
    let plain = SeedPlan(SeedPlan.Question(effects: [1e-9])).rows[0]
    #expect(plain.student == nil && plain.wilcoxon == nil)
  }

  @Test func `a plan in every format has a row per effect`() throws {
    let plan = SeedPlan(SeedPlan.Question())
    #expect(plan.rows.map(\.student) == [199, 34, 15, 10, 6, 5])
    #expect(plan.csv.split(separator: "\n").count == 7)
    #expect(plan.table.contains("seeds (Wilcoxon)") && !plan.table.contains("scenario"))
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(plan.json.utf8)) as? [[String: Any]])
    #expect(rows.count == 6 && rows[1]["seeds_student"] as? Int == 34)
    #expect(rows[1]["scenario"] is NSNull)
  }
}
