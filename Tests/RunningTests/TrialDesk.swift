import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport

/// Runs scenarios given as text, in a folder of its own.
struct TrialDesk {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func plan(_ text: String) throws -> Plan {
    let path = try folder.write(text, to: "\(UUID().uuidString).yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    return try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
  }

  /// What every trial left, in the scenario's order.
  func trials(_ text: String) throws -> [TrialRecord] {
    let plan = try plan(text)
    let store = try Store(creatingAt: folder.file("\(UUID().uuidString).sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    return try store.result(of: plan.records[0]).runs.map(\.trial)
  }
}
