import Foundation
package import Records
import Statistics
import Text

/// How many seeds a paired test needs to distinguish two optimizers.
package struct SeedPlan: Sendable {
  package struct Row: Sendable, Equatable {
    /// Empty where nothing was run yet.
    package var scenario = ""
    package var optimizer = ""
    package var other = ""
    package var metric: Metric?
    /// Seeds that both have.
    package var seeds: Int?
    /// Mean over these of other minus optimizer, and its standard deviation.
    package var difference: Double?
    package var deviation: Double?
    /// Difference to detect, in standard deviations of the paired differences (Cohen's d_z).
    package var effect: Double
    /// Tests that share the significance level (Holm); each is planned at the level that the first of them gets.
    package var tests: Int
    /// `nil` if more than the limit, or if there is nothing to detect.
    package var student: Int?
    package var wilcoxon: Int?
  }

  /// What to plan for.
  package struct Question: Sendable {
    package var power: Double
    package var significance: Double
    package var tests: Int?
    /// Effects without a pilot; with one, it replaces the effects that were observed.
    package var effects: [Double]
    /// Smallest difference worth detecting, in units of the metric; needs a pilot.
    package var difference: Double?

    package init(
      power: Double = 0.8, significance: Double = 0.05, tests: Int? = nil, effects: [Double] = [],
      difference: Double? = nil
    ) {
      self.power = power
      self.significance = significance
      self.tests = tests
      self.effects = effects
      self.difference = difference
    }
  }

  package static let usualEffects = [0.2, 0.5, 0.8, 1, 1.5, 2]

  package let rows: [Row]

  /// Without results: a row per effect.
  package init(_ question: Question) {
    let effects = question.effects.isEmpty ? Self.usualEffects : question.effects
    rows = effects.map { Row(effect: $0, tests: question.tests ?? 1).answered(question) }
  }

  /// From a pilot: a row per scenario and optimizer that is compared with the scenario's best one.
  package init(_ question: Question, pilot: [BaselineScenario]) {
    rows = pilot.flatMap { Self.rows(question, $0) }
  }

  private static func rows(_ question: Question, _ scenario: BaselineScenario) -> [Row] {
    let medians = scenario.optimizers.map { label in
      (label, scenario.metric.cost(median(of: scenario.runs(of: label).map(\.result))))
    }
    guard let best = medians.filter(\.1.isFinite).min(by: { $0.1 < $1.1 })?.0 else { return [] }
    let others = scenario.optimizers.filter { $0 != best }
    // The report adjusts over all pairs, since results choose which one is best.
    let tests = question.tests ?? scenario.optimizers.count * others.count / 2
    return others.flatMap { other -> [Row] in
      let pairs = PairedRuns(scenario.runs(of: best), scenario.runs(of: other)).pairs
      let moments = Moments(pairs.map { pairedDifference($0.second.result, $0.first.result) })
      let deviation = moments.sampleStandardDeviation
      // A run that diverged, or too few runs, say nothing of the deviation.
      guard moments.mean.isFinite, deviation.isFinite, deviation > 0 else { return [] }
      let observed = moments.mean / deviation
      let effects =
        question.effects.isEmpty
        ? [question.difference.map { $0 / deviation } ?? observed] : question.effects
      return effects.map { effect in
        Row(
          scenario: scenario.name, optimizer: best, other: other, metric: scenario.metric,
          seeds: pairs.count, difference: moments.mean, deviation: deviation, effect: abs(effect),
          tests: tests
        ).answered(question)
      }
    }
  }
}

extension SeedPlan.Row {
  fileprivate func answered(_ question: SeedPlan.Question) -> SeedPlan.Row {
    var row = self
    guard effect > 0, effect.isFinite else { return row }
    let level = question.significance / Double(tests)
    func needed(_ test: PairedPower) -> Int? {
      test.pairsNeeded(effect: effect, power: question.power, significance: level)
    }
    row.student = needed(.student)
    row.wilcoxon = needed(.wilcoxon)
    return row
  }
}

extension SeedPlan {
  private static let columns = [
    "scenario", "optimizer", "other", "metric", "seeds", "difference", "deviation", "effect",
    "tests", "seeds_student", "seeds_wilcoxon",
  ]

  package var csv: String {
    CSVText.table(columns: Self.columns, rows: rows.map { Self.cells($0, number: \.shortest) })
  }

  /// An array with an object per row; what is not known is `null`.
  package var json: String {
    let objects = rows.map { row -> [String: Any] in
      func value(_ value: Any?) -> Any { value ?? NSNull() }
      func text(_ text: String) -> Any { text.isEmpty ? NSNull() : text }
      return [
        "scenario": text(row.scenario), "optimizer": text(row.optimizer),
        "other": text(row.other), "metric": value(row.metric?.rawValue),
        "seeds": value(row.seeds), "difference": value(row.difference),
        "deviation": value(row.deviation), "effect": row.effect, "tests": row.tests,
        "seeds_student": value(row.student), "seeds_wilcoxon": value(row.wilcoxon),
      ]
    }
    let data = try? JSONSerialization.data(
      withJSONObject: objects, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    guard let data else { preconditionFailure("finite numbers and texts always encode") }
    return String(decoding: data, as: UTF8.self)
  }

  package var table: String {
    var table = TextTable(columns: titles)
    for row in shown { table.add(row) }
    return table.text
  }

  package var markdown: String { MarkdownTable(columns: titles, rows: shown).text }

  private var isPilot: Bool { rows.contains { !$0.scenario.isEmpty } }

  private var titles: [String] {
    let last = ["effect (sd)", "tests", "seeds (t test)", "seeds (Wilcoxon)"]
    return isPilot
      ? ["scenario", "best", "other", "metric", "seeds now", "difference", "sd"] + last : last
  }

  private var shown: [[String]] {
    let cells = rows.map { row in
      Self.cells(row) { String(format: "%.3g", $0) }.dropLast(2)
        + [row.student, row.wilcoxon].map { $0.map(String.init) ?? "over 10,000" }
    }
    return cells.map { isPilot ? Array($0) : Array($0[7...]) }
  }

  private static func cells(_ row: Row, number: (Double) -> String) -> [String] {
    [
      row.scenario, row.optimizer, row.other, row.metric?.rawValue ?? "",
      row.seeds.map(String.init) ?? "", row.difference.map(number) ?? "",
      row.deviation.map(number) ?? "", number(row.effect), "\(row.tests)",
      row.student.map(String.init) ?? "", row.wilcoxon.map(String.init) ?? "",
    ]
  }
}
