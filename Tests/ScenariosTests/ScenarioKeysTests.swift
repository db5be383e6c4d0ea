import Datasets
import Foundation
import Networks
import Optimizers
import Parameters
import ScenarioTestSupport
import Scenarios
import Testing

/// The declaration of the keys of scenario files.
@Suite struct ScenarioKeysTests {
  static let declared: [any Parameterized.Type] = [
    ScenarioOptions.self, StepBudget.self, EpochBudget.self, StoppingRules.self,
    EarlyStopping.self, Convergence.self, TuningSettings.self, SurfaceOptions.self,
    ExpressionOptions.self, SeriesSmoothing.self, TrainingOptions.self, DataPreparation.self,
    CSVSource.self, IDXSource.self, NetworkStart.self, LayerStart.self, LossOptions.self,
    Penalty.self, UpdateOptions.self, GroupOptions.self,
  ]

  @Test(arguments: declared.indices)
  func `every group of settings is declared without faults`(index: Int) {
    #expect(DefinitionCheck.faults(of: Self.declared[index]) == [])
  }

  @Test func `every declared setting is in the catalogue of keys`() {
    let listed = ScenarioKeys.all.flatMap(\.parameters)
    for type in Self.declared {
      for parameter in type.descriptions {
        #expect(
          listed.contains { $0.name == parameter.name && $0.meaning == parameter.meaning },
          "\(type.name).\(parameter.name)")
      }
    }
  }

  @Test func `names are unique, and every key has a meaning and a default or is required`() {
    let names = ScenarioKeys.all.map(\.name)
    #expect(Set(names).count == names.count)
    for group in ScenarioKeys.all {
      let keys = group.parameters.map(\.name)
      #expect(Set(keys).count == keys.count, "\(group.name)")
      for key in group.parameters {
        #expect(!key.meaning.isEmpty, "\(group.name).\(key.name)")
        #expect(key.isRequired != !key.defaultText.isEmpty, "\(group.name).\(key.name)")
      }
    }
  }

  /// Defaults as texts that a reader sees; the values are those of the types themselves.
  @Test(arguments: [
    ("network", "batch_size", "128"), ("network", "initialization", "he"),
    ("network", "loss", "softmax_cross_entropy"), ("network", "normalization", "unit"),
    ("network", "validation", "none"), ("optimizer_entry", "centralize", "false"),
    ("optimizer_entry", "accumulate", "1"), ("optimizer_entry", "clip_norm", "no clipping"),
    ("csv", "test", "0.2"), ("early_stopping", "metric", "validation_loss"),
    ("convergence", "evaluations", "10"), ("tuning", "search", "halton"),
    ("scenario", "seeds", "1"),
  ])
  func `lists show the defaults`(group: String, key: String, text: String) throws {
    let keys = try #require(ScenarioKeys.all.first { $0.name == group }).parameters
    #expect(keys.first { $0.name == key }?.defaultText == text)
  }

  private static let reference: Result<String, any Error> = Result {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: package.appendingPathComponent("docs/scenario.md"), encoding: .utf8)
  }

  @Test func `the reference of scenario files has every key`() throws {
    let words = Set(
      try Self.reference.get().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    )
    for group in ScenarioKeys.all {
      for key in group.parameters {
        #expect(words.contains(key.name), "\(group.name).\(key.name)")
      }
    }
  }

  /// Tables with a column "if left out".
  @Test func `the reference of scenario files has the declared defaults`() throws {
    var column: Int?
    var checked = 0
    for line in try Self.reference.get().split(separator: "\n", omittingEmptySubsequences: false) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if !line.hasPrefix("|") { column = nil }
      if let place = cells.firstIndex(of: "if left out") { column = place }
      guard let column, cells.count > column,
        let name = cells[0].split(separator: "`").first?.split(separator: ".").last
      else { continue }
      let defaults = ScenarioKeys.all.flatMap(\.parameters)
        .filter { $0.name == name && !$0.isRequired && $0.defaultValue != .absent }
        .map(\.defaultText)
      guard !defaults.isEmpty, !cells[column].contains("bench list") else { continue }
      checked += 1
      #expect(defaults.contains { cells[column].contains($0) }, "\(line)")
    }
    #expect(checked >= 8)
  }
}
