package import Records

/// Contents of a report.
package struct ReportContents: Sendable {
  /// Folder of the tables; `nil` for none.
  package var tables: String?
  /// Scenarios whose charts are drawn.
  package var charts: Set<String>
  /// Whether scenarios are compared in charts.
  package var hasSuiteCharts: Bool
  package var hasPage: Bool
  /// Comparisons to digest in addition to those of the store, such as that of a run restricted to some optimizers.
  package var asked: [ScenarioRecord]

  package init(
    tables: String? = nil, charts: Set<String> = [], hasSuiteCharts: Bool = false,
    hasPage: Bool = false, asked: [ScenarioRecord] = []
  ) {
    self.tables = tables
    self.charts = charts
    self.hasSuiteCharts = hasSuiteCharts
    self.hasPage = hasPage
    self.asked = asked
  }
}
