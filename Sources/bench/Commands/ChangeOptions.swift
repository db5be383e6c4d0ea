import ArgumentParser
import Foundation
import Scenarios

/// Settings of scenarios that a command changes.
struct ChangeOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Changes a setting of the scenarios, such as adam.learning_rate=0.1, budget.steps=100 or batch_size=32; can be repeated.",
      discussion:
        "KEY is a path in the scenario file or a short name, as in 'variants:' (see docs/scenario.md); VALUE is YAML, null removes the key.",
      valueName: "key=value"))
  var texts: [String] = []

  func validate() throws {
    for text in texts where ScenarioChange(text) == nil {
      throw ValidationError(
        "--set \(text): give a key and a value, such as --set adam.learning_rate=0.1")
    }
    for (index, text) in texts.enumerated() where texts[..<index].contains(text) {
      throw ValidationError("--set \(text): given twice")
    }
  }

  var changes: [ScenarioChange] { texts.compactMap(ScenarioChange.init) }

  /// Reports changes that some scenarios do not have a place for, and what changed scenarios mean for the report.
  ///
  /// - Throws: a failure of usage for a change that was made nowhere.
  func report(on scenarios: [Scenario], to show: (String) -> Void) throws {
    let failures = changes.compactMap { change -> String? in
      let outcomes = scenarios.flatMap(\.changes).filter { $0.change == change }
      guard let reason = outcomes.first?.rejection,
        outcomes.allSatisfy({ $0.rejection != nil })
      else { return nil }
      return "--set \(change.text): \(reason)"
    }
    guard failures.isEmpty else {
      throw Failure(status: .usage, message: failures.joined(separator: "\n"))
    }
    for change in changes {
      let unchanged = scenarios.filter { scenario in
        scenario.changes.contains { $0.change == change && $0.rejection != nil }
      }
      guard !unchanged.isEmpty else { continue }
      show(
        "note: --set \(change.text) does not change \(unchanged.map(\.name).joined(separator: ", "))"
      )
    }
  }

  /// The words of a command that makes the same changes.
  static func words(for scenario: Scenario) -> [String] {
    scenario.madeChanges.flatMap { ["--set", $0] }
  }
}
