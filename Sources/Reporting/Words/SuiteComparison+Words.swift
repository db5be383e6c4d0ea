import Analysis
import Foundation
import Records
import Statistics
import Text

extension SuiteComparison {
  /// Number of compared scenarios, with their names if there are few; the chart of ranks has them all.
  var scope: String {
    let count = "\(counted(scenarios.count, "scenario"))"
    let all = "that all \(optimizers.count) optimizers ran on"
    let some = "that compare at least two of \(optimizers.count) optimizers"
    return "\(count) \(isComplete ? all : some)"
      + (scenarios.count <= 4 ? ": " + scenarios.joined(separator: ", ") : "")
  }

  /// Who is best over all scenarios, as a sentence: always a set, because ranks over few scenarios rarely tell two apart.
  var takeaway: String {
    guard let first = optimizers.first, let rank = ranks.means.first else { return "" }
    let begin =
      "\(first) has the best mean relative rank, \(NumberText.hundredths(rank)), over \(counted(coverage[0], "scenario"))"
    if let reach, !reach.canReject {
      return "\(begin). \(reach.warning("scenarios") ?? "")"
    }
    let untested = self.untested
    let tested = named.dropFirst()
    let tests = "paired tests (Wilcoxon, Holm over \(counted(pairs.count, "pair")))"
    var text =
      tested.isEmpty
      ? "\(begin)" : "\(begin); \(tests) do not distinguish \(Self.list(Array(tested))) from it"
    if untested.isEmpty {
      return tested.isEmpty
        ? "\(begin); \(tests) distinguish it from every other optimizer." : "\(text)."
    }
    if tested.isEmpty, untested.count < optimizers.count - 1 {
      text += "; \(tests) distinguish it from every other optimizer that they can test"
    }
    return "\(text). \(Self.untestedText(untested, needed: reach?.pairsNeeded))"
  }

  /// Who shares too few scenarios with the first for any test.
  private static func untestedText(
    _ untested: [(optimizer: String, scenarios: Int)], needed: Int?
  ) -> String {
    let names = untested.map { "\($0.optimizer) (\($0.scenarios))" }
    let need = needed.map { "; at least \($0) are needed" } ?? ""
    return
      "Too few scenarios are shared with it for any result to be significant\(need): \(list(names))."
  }

  /// What the ranking rests on: optimizers, scenarios, gaps, settings, tests.
  var notes: [String] {
    [designNote, settingsNote, testNote, unrankedNote].compactMap(\.self)
  }

  /// How often one optimizer is first, as a sentence.
  var firstsSentence: String {
    let firsts = self.firsts
    guard let most = firsts.map(\.all).max(), most > 0 else { return "" }
    let names = optimizers.indices.filter { firsts[$0].all == most }.map { index in
      let clear = firsts[index].clear
      let tests =
        clear == most
        ? "in each, tests distinguish it from all others"
        : clear == 0
          ? "in none do tests distinguish it from all others"
          : "in \(clear) of them, tests distinguish it from all others"
      return
        "\(optimizers[index]) in \(most) of its \(counted(coverage[index], "scenario")) (\(tests))"
    }
    return most == scenarios.count
      ? "First in every scenario: \(Self.list(names))."
      : "No optimizer is first everywhere. First most often: \(Self.list(names))."
  }

  private var designNote: String {
    var text =
      "It rests on \(counted(scenarios.count, "scenario")) (\(scenarios.joined(separator: ", "))) and on the optimizers that "
      + "at least \(RankingDesign.leastScenarios) of them compare."
    let gaps = zip(optimizers, coverage).filter { $0.1 < scenarios.count }
    if !gaps.isEmpty {
      text +=
        " Not every optimizer ran in every scenario: \(gaps.map { "\($0) in \($1)" }.joined(separator: ", ")). "
        + "Ranks are among those that ran, and pairs are compared on the scenarios that they share."
    }
    return text
  }

  private var settingsNote: String? {
    let kinds = Set(settings.flatMap(\.keys))
    guard kinds.count > 1 else { return nil }
    return
      "Hyperparameters were chosen in different ways (column settings), so the ranks compare these choices too, and not only the "
      + "update rules."
  }

  private var testNote: String? {
    if let friedman {
      let difference = criticalDifference ?? .infinity
      let critical =
        "the critical difference of average ranks (Nemenyi) is \(NumberText.hundredths(difference))"
      let largest = "the largest possible one is \(NumberText.short(largestDifference))"
      return
        "Friedman's test that all are equal: p = \(Self.pText(friedman.fPValue)); \(critical), \(largest)"
        + (difference >= largestDifference
          ? ", so that no difference can be significant with this few scenarios." : ".")
    }
    return skillingsMack.map {
      "Test of Skillings and Mack that all are equal, for scenarios that lack some optimizers: p = \(Self.pText($0.pValue))."
    }
  }

  private var unrankedNote: String? {
    let few = design.unranked.filter { $0.reason == .tooFewScenarios }.map(\.optimizer)
    let apart = design.unranked.filter { $0.reason == .apart }.map(\.optimizer)
    var sentences: [String] = []
    if !few.isEmpty {
      sentences.append(
        "Not ranked, because fewer than \(RankingDesign.leastScenarios) of these scenarios compare \(few.count == 1 ? "it" : "them"): \(Self.list(few, limit: 12))."
      )
    }
    if !apart.isEmpty {
      sentences.append(
        "Not ranked, because no scenario connects \(apart.count == 1 ? "it" : "them") with the others: \(Self.list(apart, limit: 12))."
      )
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// `a, b and c`; the number of the rest beyond the limit.
  static func list(_ names: [String], limit: Int = 6) -> String {
    if names.count > limit {
      return
        "\(names.prefix(limit).joined(separator: ", ")) and \(names.count - limit) more (see ranking.csv)"
    }
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }

  private static func pText(_ value: Double) -> String {
    value < 1e-4 ? "less than 0.0001" : String(format: "%.2g", value)
  }
}
