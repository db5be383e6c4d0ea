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
  private let pass: ReportPass

  /// Reads the trials of each scenario once, and writes rows of the tables under temporary names. A scenario that an earlier report
  /// kept is not read, if ``ReportContents/keeping`` says so.
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
    let pass = try ReportPass(scenarios, from: source, contents, jobs: jobs)
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
    self.pass = pass
  }

  /// Number of charts that are there already and are not drawn again.
  package var unchangedCharts: Int { pass.unchangedCharts }

  /// Renames the tables and writes those of searches.
  ///
  /// - Throws: `ReportError`; no file has changed then.
  package func commitTables() throws(ReportError) {
    guard let folder = contents.tables else { return }
    try tables?.commit(suite)
    try tunings.writeCSV(to: folder)
  }

  /// Keeps the report for the next one, after everything else. An error only costs the next one time.
  ///
  /// - Parameter hasAllCharts: Whether all charts of `ReportContents.charts` are drawn.
  package func keep(hasAllCharts: Bool) {
    guard let keeping = contents.keeping,
      let identities = tables?.identities ?? pass.unchangedTables,
      pass.kept.count == suite.scenarios.count
    else { return }
    var kept = KeptReport(program: keeping.program, tables: identities, scenarios: pass.kept)
    for index in kept.scenarios.indices {
      if let places = tables?.places[kept.scenarios[index].name] {
        kept.scenarios[index].rows = places
      }
    }
    var findings: [String: ScenarioDigest.Findings] = [:]
    for (index, digest) in suite.scenarios.enumerated()
    where pass.read.contains(digest.scenario.name) {
      findings[digest.scenario.name] = digest.findings
      guard hasAllCharts, contents.charts.contains(digest.scenario.name) else { continue }
      kept.scenarios[index].charts = KeptCharts(
        of: digest.scenario, in: keeping.charts, format: keeping.format)
    }
    let changed = sections.filter { pass.read.contains($0.digest.scenario.name) }
    try? kept.save(
      to: keeping.folder, findings: findings,
      sections: Dictionary(
        changed.map { ($0.digest.scenario.name, $0.content) },
        uniquingKeysWith: { first, _ in first }))
  }
}
