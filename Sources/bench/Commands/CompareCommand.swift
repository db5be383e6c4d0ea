import Analysis
import ArgumentParser
import Foundation
import Gate
import Records
import Reporting
import Statistics
import Text

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two sets of results, paired by run, with effect sizes and a verdict.",
    discussion: """
        bench compare results/before results/after
        bench compare results/baselines results --format csv

      Each side is a folder of results, its store.sqlite, or a folder of baselines. Runs are paired by scenario, optimizer \
      and seed. Surfaces are deterministic: results are equal to 1e-9, or one side is better. For networks, the verdict is a \
      Wilcoxon signed-rank test over the seeds, Holm-adjusted (5 % for the whole table); at least six seeds are needed for a \
      verdict. Effects are second relative to first, with 95 % confidence intervals.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv
  }

  @Argument(help: "A folder of results, a store, or a folder of baselines.")
  var first: String

  @Argument(help: "The one to compare it with.")
  var second: String

  @Option(name: .long, help: "Output format.")
  var format = Format.table

  private static let columns = [
    "scenario", "optimizer", "metric", "pairs", "first", "second", "difference", "p_value",
    "cliffs_delta", "cliffs_delta_low", "cliffs_delta_high", "hedges_g", "hedges_g_low",
    "hedges_g_high", "verdict",
  ]

  func run() async throws {
    try await Failure.reported {
      let sides = [try Self.load(first), try Self.load(second)]
      let described = Set(sides.joined().filter(\.isOnlyDescribed).map(\.name)).count
      if described > 0 {
        StandardError.write(
          "note: results of \(counted(described, "scenario")) were stored by an older version without the problem's settings, so different problems may be compared"
        )
      }
      let comparisons = PairedComparison.all(sides[0], sides[1])
      guard comparisons.contains(where: { $0.pairs > 0 }) else {
        throw Failure(
          status: .noInput,
          message: "nothing to compare: \(first) and \(second) have no trials in common")
      }
      switch format {
      case .csv:
        let rows = comparisons.map { Self.fields($0, number: \.shortest) }
        StandardOutput.write(
          data: ([Self.columns] + rows).map { $0.map(CSVText.quoted).joined(separator: ",") }
            .joined(separator: "\n"))
      case .table:
        var table = TextTable(columns: [
          "scenario", "optimizer", "metric", "pairs", "first", "second", "adjusted p",
          "Cliff's δ", "Hedges' g", "verdict (second vs. first)",
        ])
        for one in comparisons {
          table.add([
            one.scenario, one.optimizer, one.metric.rawValue, "\(one.pairs)",
            Self.short(one.first), Self.short(one.second), one.pValue.map(Self.short) ?? "-",
            Self.text(one.cliffsDelta), Self.text(one.hedgesG), one.verdict.rawValue,
          ])
        }
        StandardOutput.write(table.text)
      }
    }
  }

  private static func load(_ path: String) throws -> [BaselineScenario] {
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(status: .noInput, message: "\(path): no such file or folder")
    }
    let storePath = isFolder.boolValue ? "\(path)/store.sqlite" : path
    if isFolder.boolValue, !files.fileExists(atPath: storePath) {
      return try BaselineFolder(path).loadAll()
    }
    let store = try Store(existingAt: storePath)
    return try store.scenarios().compactMap {
      BaselineScenario(ScenarioAnalysis(try store.result(of: $0, trajectories: .none)))
    }
  }

  private static func fields(
    _ one: PairedComparison, number: (Double) -> String
  ) -> [String] {
    func effect(_ effect: EffectSize?) -> [String] {
      guard let effect else { return ["", "", ""] }
      return [effect.value, effect.interval.lowerBound, effect.interval.upperBound].map(number)
    }
    return [
      one.scenario, one.optimizer, one.metric.rawValue, "\(one.pairs)", number(one.first),
      number(one.second), number(one.difference), one.pValue.map(number) ?? "",
    ] + effect(one.cliffsDelta) + effect(one.hedgesG) + [one.verdict.rawValue]
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : value.shortest
  }

  private static func text(_ effect: EffectSize?) -> String {
    effect.map {
      "\(short($0.value)) (\(short($0.interval.lowerBound)) to \(short($0.interval.upperBound)))"
    } ?? "-"
  }
}
