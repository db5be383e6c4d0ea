import Foundation
import Records
import Statistics
import Text

/// Comparisons as a table for people, CSV, JSON or Markdown.
package struct ComparisonReport: Sendable {
  package let comparisons: [PairedComparison]

  package init(_ comparisons: [PairedComparison]) { self.comparisons = comparisons }

  /// Whether the second side is worse, or cannot be shown not to be: what is absent or incomparable could hide a regression.
  package var hasRegression: Bool {
    comparisons.contains { [.worse, .onlyFirst, .incomparable].contains($0.verdict) }
  }

  /// Such as `1 worse, 3 equal`.
  package var summary: String {
    PairedComparison.Verdict.allCases.compactMap { verdict in
      let count = comparisons.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }.joined(separator: ", ")
  }

  // MARK: For machines

  /// The contract with scripts: columns are added at the end.
  private static let columns = [
    "scenario", "optimizer", "metric", "pairs", "first", "second", "difference", "p_value",
    "cliffs_delta", "cliffs_delta_low", "cliffs_delta_high", "hedges_g", "hedges_g_low",
    "hedges_g_high", "verdict", "unpaired_first", "unpaired_second", "detail",
  ]

  package var csv: String {
    CSVText.table(
      columns: Self.columns,
      rows: comparisons.map { one in
        let values: [Double?] =
          [one.first, one.second, one.difference, one.pValue] + Self.numbers(one.cliffsDelta)
          + Self.numbers(one.hedgesG)
        return [one.scenario, one.optimizer, one.metric.rawValue, "\(one.pairs)"]
          + values.map { $0?.shortest ?? "" } + [
            one.verdict.rawValue, "\(one.unpairedFirst)", "\(one.unpairedSecond)", one.detail,
          ]
      })
  }

  private static func numbers(_ effect: EffectSize?) -> [Double?] {
    [effect?.value, effect?.interval.lowerBound, effect?.interval.upperBound]
  }

  /// An array with an object per comparison, keyed as the columns of CSV. Numbers that are not finite are `"inf"`, `"-inf"`
  /// and `"nan"`; what does not apply is `null`.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return String(decoding: try encoder.encode(comparisons.map(Row.init)), as: UTF8.self)
    } catch {
      preconditionFailure("numbers and texts always encode: \(error)")
    }
  }

  private struct Row: Encodable {
    let one: PairedComparison

    private struct Key: CodingKey {
      let stringValue: String
      let intValue: Int? = nil

      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      for (name, text) in [
        ("scenario", one.scenario), ("optimizer", one.optimizer), ("metric", one.metric.rawValue),
        ("verdict", one.verdict.rawValue), ("detail", one.detail),
      ] { try container.encode(text, forKey: Key(name)) }
      for (name, count) in [
        ("pairs", one.pairs), ("unpaired_first", one.unpairedFirst),
        ("unpaired_second", one.unpairedSecond),
      ] { try container.encode(count, forKey: Key(name)) }
      let values: [Double?] = [one.first, one.second, one.difference, one.pValue]
      for (name, value) in zip(["first", "second", "difference", "p_value"], values) {
        try container.encode(value, forKey: Key(name))
      }
      for (name, effect) in [("cliffs_delta", one.cliffsDelta), ("hedges_g", one.hedgesG)] {
        for (ending, value) in zip(["", "_low", "_high"], numbers(effect)) {
          try container.encode(value, forKey: Key(name + ending))
        }
      }
    }
  }

  // MARK: For people

  private static let titles = [
    "scenario", "optimizer", "metric", "pairs", "first", "second", "adjusted p", "Cliff's δ",
    "Hedges' g", "verdict (second vs. first)", "detail",
  ]

  private var cells: [[String]] {
    comparisons.map { one in
      [
        one.scenario, one.optimizer, one.metric.rawValue, "\(one.pairs)", Self.short(one.first),
        Self.short(one.second), one.pValue.map(Self.short) ?? "-", Self.text(one.cliffsDelta),
        Self.text(one.hedgesG), one.verdict.rawValue, one.detail.isEmpty ? "-" : one.detail,
      ]
    }
  }

  package var table: String {
    var table = TextTable(columns: Self.titles)
    for row in cells { table.add(row) }
    return table.text
  }

  package var markdown: String {
    "## bench compare: \(summary)\n\n"
      + MarkdownTable(columns: Self.titles, rows: cells).text
  }

  /// A side without runs has no median.
  private static func short(_ value: Double) -> String {
    value.isNaN ? "-" : value.isFinite ? String(format: "%.4g", value) : value.shortest
  }

  private static func text(_ effect: EffectSize?) -> String {
    effect.map {
      "\(short($0.value)) (\(short($0.interval.lowerBound)) to \(short($0.interval.upperBound)))"
    } ?? "-"
  }
}
