package import Records

/// CSV files and charts of scenarios, made from their results alone.
///
/// Scenarios are loaded one after the other and let go when done, without the ways of trials that nothing shows; rows of
/// every point are loaded a few trials at a time. Files that a former report left and this one does not write stay.
package struct Report: Sendable {
  let scenarios: [ScenarioRecord]
  let source: any ResultSource

  /// - Parameter source: Asked several times for each scenario, from any thread.
  package init(scenarios: [ScenarioRecord], from source: some ResultSource) {
    self.scenarios = scenarios
    self.source = source
  }

  package init(results: [ScenarioResult]) {
    self.init(scenarios: results.map(\.scenario), from: HeldResults(results))
  }

  /// Writes `runs.csv`, `summary.csv`, `curves.csv`, `trajectories.csv` and `ewma.csv` into `folder`.
  /// - Parameter jobs: Threads.
  /// - Throws: `ReportError`, or what loading throws; then no file has changed.
  package func writeCSV(to folder: String, jobs: Int = 2) throws {
    let report = try CSVReport(folder: folder)
    for scenario in scenarios { try report.add(scenario, from: source, jobs: jobs) }
    try report.commit()
  }
}
