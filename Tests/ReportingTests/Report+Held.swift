import Records
import Reporting

extension Report {
  /// Charts of results in memory.
  init(results: [ScenarioResult]) {
    self.init(
      of: results, ReportContents(charts: Set(results.map(\.scenario.name))), jobs: 2)
  }

  /// Charts over all of the results, and none of their own.
  init(suite results: [ScenarioResult]) {
    self.init(of: results, ReportContents(hasSuiteCharts: true), jobs: 2)
  }

  /// A page of results in memory.
  init(page results: [ScenarioResult]) {
    self.init(of: results, ReportContents(hasPage: true), jobs: 2)
  }

  static func writeTables(of results: [ScenarioResult], to folder: String) throws {
    try Report(of: results, ReportContents(tables: folder), jobs: 2).commitTables()
  }
}
