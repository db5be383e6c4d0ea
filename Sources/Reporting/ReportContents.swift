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
  /// Where the report is kept for the next one; `nil` for nowhere.
  package var keeping: Keeping?

  /// A report that is kept, so that the next one reads and draws only what changed.
  package struct Keeping: Sendable {
    /// Folder of what is kept.
    package var folder: String
    /// Folder of all charts.
    package var charts: String
    package var format: ChartFormat
    /// The version of the program.
    package var program: String
    /// Whether what an earlier report kept is used.
    package var reuses: Bool

    package init(
      folder: String, charts: String, format: ChartFormat, program: String, reuses: Bool
    ) {
      self.folder = folder
      self.charts = charts
      self.format = format
      self.program = program
      self.reuses = reuses
    }
  }

  package init(
    tables: String? = nil, charts: Set<String> = [], hasSuiteCharts: Bool = false,
    hasPage: Bool = false, asked: [ScenarioRecord] = [],
    keeping: Keeping? = nil
  ) {
    self.tables = tables
    self.charts = charts
    self.hasSuiteCharts = hasSuiteCharts
    self.hasPage = hasPage
    self.asked = asked
    self.keeping = keeping
  }
}
