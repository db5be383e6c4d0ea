import Records

/// CSV files and charts of scenarios, made from their results alone.
///
/// Scenarios are loaded one after the other and let go when done, so that a report needs no more memory
/// than its largest scenarios. Files that a former report left and this one does not write stay.
public struct Report: Sendable {
  public typealias Load = @Sendable (ScenarioRecord) throws -> ScenarioResult

  let scenarios: [ScenarioRecord]
  let load: Load

  /// - Parameter load: Called once per scenario and file format, from any thread.
  public init(scenarios: [ScenarioRecord], load: @escaping Load) {
    self.scenarios = scenarios
    self.load = load
  }

  public init(results: [ScenarioResult]) {
    let byName = Dictionary(
      results.map { ($0.scenario.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.init(scenarios: results.map(\.scenario)) {
      byName[$0.name] ?? ScenarioResult(scenario: $0, runs: [])
    }
  }

  /// Writes `runs.csv`, `summary.csv`, `curves.csv`, `trajectories.csv` and `ewma.csv` into `folder`.
  /// - Throws: `ReportError`, or what loading throws; then no file has changed.
  public func writeCSV(to folder: String) throws {
    let report = try CSVReport(folder: folder)
    for scenario in scenarios { try report.add(load(scenario)) }
    try report.commit()
  }
}
