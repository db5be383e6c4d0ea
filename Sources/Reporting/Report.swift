package import Analysis
package import Records

/// CSV files, charts and page of scenarios, all made from one analysis of one reading of their trials.
///
/// Scenarios are read one at a time. When one is analyzed, its trials are released; its digest, the scripts and data of its charts and
/// its section of the page are kept. Files of an earlier report that this one does not write are kept.
package struct Report {
  package let suite: SuiteAnalysis
  /// Digests of the comparisons in `ReportContents.asked`, in their order.
  package let asked: [ScenarioDigest]
  package let tunings: TuningReport
  let contents: ReportContents
  let tables: CSVReport?
  let charts: [ChartTask]
  let sections: [PageSection]

  /// Reads the trials of each scenario once, and writes rows of the tables under temporary names.
  ///
  /// - Parameters:
  ///   - source: Called once for each trial, from any thread.
  ///   - tunings: Searches of hyperparameters.
  ///   - jobs: Number of threads.
  /// - Throws: An error of loading.
  package init(
    of scenarios: [ScenarioRecord], from source: any ResultSource, tunings: [TuningRecord] = [],
    _ contents: ReportContents, jobs: Int
  ) throws {
    let pass = ReportPass(contents, jobs: jobs)
    for scenario in scenarios { try pass.read(scenario, from: source) }
    self.init(pass, tunings)
  }

  /// Report of results in memory.
  package init(
    of results: [ScenarioResult], tunings: [TuningRecord] = [], _ contents: ReportContents,
    jobs: Int
  ) {
    let pass = ReportPass(contents, jobs: jobs)
    for result in results { pass.add(result) }
    self.init(pass, tunings)
  }

  private init(_ pass: ReportPass, _ tunings: [TuningRecord]) {
    suite = SuiteAnalysis(pass.digests)
    asked = pass.asked
    self.tunings = TuningReport(tunings)
    contents = pass.contents
    tables = pass.tables
    charts = pass.charts
    sections = pass.sections
  }

  /// Renames the tables and writes those of searches.
  ///
  /// - Throws: `ReportError`; no file has changed then.
  package func commitTables() throws(ReportError) {
    guard let tables, let folder = contents.tables else { return }
    try tables.commit(suite.comparison)
    try tunings.writeCSV(to: folder)
  }
}
