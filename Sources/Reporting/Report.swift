package import Analysis
package import Records

/// Tables, charts and page of scenarios, all drawn from one analysis of one reading of their trials.
///
/// Scenarios are read one after the other and let go when analyzed: what is left of each is its digest, the scripts and data of its
/// charts and its section of the page.
package struct Report {
  package let suite: SuiteAnalysis
  /// Of the comparisons that were asked for, in their order.
  package let asked: [ScenarioDigest]
  package let tunings: TuningReport
  let contents: ReportContents
  let tables: CSVReport?
  let charts: [ChartTask]
  let sections: [PageSection]

  /// Reads the trials of each scenario once; nothing but rows of tables is written, under temporary names.
  ///
  /// - Parameters:
  ///   - source: Asked for each trial once, from any thread.
  ///   - tunings: Searches of hyperparameters.
  ///   - jobs: Threads.
  /// - Throws: What loading throws.
  package init(
    of scenarios: [ScenarioRecord], from source: any ResultSource, tunings: [TuningRecord] = [],
    _ contents: ReportContents, jobs: Int
  ) throws {
    let pass = ReportPass(contents, jobs: jobs)
    for scenario in scenarios { try pass.read(scenario, from: source) }
    self.init(pass, tunings)
  }

  /// Of results that are in memory, with all their paths.
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

  /// Names the tables, those of searches too.
  ///
  /// - Throws: `ReportError`; then no file has changed.
  package func commitTables() throws(ReportError) {
    guard let tables, let folder = contents.tables else { return }
    try tables.commit(suite.comparison)
    try tunings.writeCSV(to: folder)
  }
}
