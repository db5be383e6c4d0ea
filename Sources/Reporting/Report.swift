package import Records

/// CSV files, charts and page of scenarios, made from their results.
///
/// Scenarios are loaded one at a time, without paths that no chart shows; rows of every point are loaded a few trials at a
/// time. Files of an earlier report that this one does not write are kept.
package struct Report: Sendable {
  let scenarios: [ScenarioRecord]
  let source: any ResultSource

  /// - Parameter source: Called several times for each scenario, from any thread.
  package init(scenarios: [ScenarioRecord], from source: some ResultSource) {
    self.scenarios = scenarios
    self.source = source
  }

  package init(results: [ScenarioResult]) {
    self.init(scenarios: results.map(\.scenario), from: HeldResults(results))
  }

  /// Writes `runs.csv`, `summary.csv`, `curves.csv`, `trajectories.csv` and `ewma.csv` into `folder`.
  /// - Parameter jobs: Number of threads.
  /// - Throws: `ReportError`, or an error of loading; no file has changed then.
  package func writeCSV(to folder: String, jobs: Int = 2) throws {
    let report = try CSVReport(folder: folder)
    for scenario in scenarios { try report.add(scenario, from: source, jobs: jobs) }
    try report.commit()
  }
}
