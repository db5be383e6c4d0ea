import Analysis
import Records

/// Finds the scenarios of a report that an earlier report has kept.
struct Keeper {
  /// What is used of an earlier report.
  struct Found {
    let kept: KeptScenario
    let digest: ScenarioDigest
    /// `nil` if no page is written.
    let section: PageSection.Content?
  }

  let tables: KeptTables?
  private let contents: ReportContents
  private let keeping: ReportContents.Keeping
  private let former: KeptReport

  /// `nil` if nothing is kept, or the tables changed since.
  init?(_ contents: ReportContents) {
    guard let keeping = contents.keeping, keeping.reuses,
      let former = KeptReport.load(from: keeping.folder, program: keeping.program)
    else { return nil }
    tables = contents.tables.flatMap { KeptTables(former.tables, in: $0) }
    guard (tables == nil) == (contents.tables == nil) else { return nil }
    self.contents = contents
    self.keeping = keeping
    self.former = former
  }

  /// The identities of the tables if they hold exactly `scenarios`.
  func identities(ifTablesHold scenarios: [ScenarioRecord]) -> [String: FileIdentity]? {
    former.scenarios.map(\.name) == scenarios.map(\.name) ? former.tables : nil
  }

  /// - Parameter fingerprint: Of the scenario now.
  func find(_ scenario: ScenarioRecord, _ fingerprint: String) -> Found? {
    guard
      let kept = former.scenarios.first(where: { $0.name == scenario.name }),
      kept.fingerprint == fingerprint,
      // A comparison restricted to some optimizers is another one.
      contents.asked.allSatisfy({ $0.name != scenario.name || $0 == scenario })
    else { return nil }
    if contents.charts.contains(scenario.name) {
      guard let charts = kept.charts, charts.format == keeping.format,
        charts.areThere(in: keeping.charts, of: scenario.name)
      else { return nil }
    }
    guard let findings = KeptReport.findings(of: scenario.name, in: keeping.folder) else {
      return nil
    }
    let digest = ScenarioDigest(scenario, findings)
    guard contents.hasPage else { return Found(kept: kept, digest: digest, section: nil) }
    guard kept.hasSection,
      let section = KeptReport.section(of: scenario.name, in: keeping.folder)
    else { return nil }
    return Found(kept: kept, digest: digest, section: section)
  }
}
