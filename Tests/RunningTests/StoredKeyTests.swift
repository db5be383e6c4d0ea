import Foundation
import Running
import ScenarioTestSupport
import Scenarios
import Testing

/// Keys of trials as earlier programs stored them.
@Suite struct StoredKeyTests {
  private func reference(_ name: String, _ ending: String) throws -> URL {
    try #require(
      Bundle.module.url(forResource: name, withExtension: ending, subdirectory: "References"))
  }

  /// Recorded by the program before its settings were declared in one way: every kind of setting is in it.
  @Test func `configurations with every kind of setting are byte for byte those stored`() throws {
    let path = try reference("trial-keys", "yaml").path
    let scenarios = try ScenarioLibrary(folder: path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
    let found = plan.trials.map { $0.configuration.json.replacing(/"engine":[0-9]+,/, with: "") }
    let expected = try String(contentsOf: reference("trial-keys", "txt"), encoding: .utf8)
    #expect(found.sorted() == expected.split(separator: "\n").map(String.init).sorted())
  }
}
