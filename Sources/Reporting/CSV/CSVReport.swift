import Analysis

/// All CSV files, filled one scenario at a time; they appear together when all are complete.
///
/// An error of writing is thrown at the end, so that the analysis continues without tables.
final class CSVReport {
  static let tables: [any CSVTable.Type] = [
    RunsTable.self, SummaryTable.self, PairwiseTable.self, TargetsTable.self,
    PrecisionsTable.self, EWMATable.self,
  ]
  static let suiteTables: [any SuiteTable.Type] = [
    RankingTable.self, RankingPairsTable.self, ProfilesTable.self,
  ]

  /// The files, or the error of writing them.
  private var files: Result<Files, ReportError>

  init(folder: String) { files = Result { () throws(ReportError) in try Files(folder: folder) } }

  /// - Parameter parts: Rows of the series tables, as ``SeriesReport/rows(of:)`` makes them.
  func addSeries(_ parts: [CSVRows]) {
    write { files throws(ReportError) in try files.series.write(parts) }
  }

  func add(_ analysis: ScenarioAnalysis) {
    write { files throws(ReportError) in try files.add(analysis) }
  }

  /// Renames the files when all are complete and all can be renamed.
  func commit(_ comparison: SuiteComparison) throws(ReportError) {
    try files.get().commit(comparison)
  }

  private func write(_ body: (inout Files) throws(ReportError) -> Void) {
    guard case .success(var files) = files else { return }
    do throws(ReportError) {
      try body(&files)
      self.files = .success(files)
    } catch { self.files = .failure(error) }
  }
}

/// The files while they are filled.
private struct Files {
  private let writers: [(table: any CSVTable.Type, writer: CSVWriter)]
  private let suiteWriters: [(table: any SuiteTable.Type, writer: CSVWriter)]
  private let environmentsWriter: CSVWriter
  let series: SeriesReport
  private var environments = EnvironmentsTable()

  init(folder: String) throws(ReportError) {
    try makeFolder(folder)
    StaleStaging.sweep(folder)
    var writers: [(any CSVTable.Type, CSVWriter)] = []
    for table in CSVReport.tables {
      writers.append(
        (table, try CSVWriter(path: "\(folder)/\(table.file)", columns: table.columns)))
    }
    self.writers = writers
    var suiteWriters: [(any SuiteTable.Type, CSVWriter)] = []
    for table in CSVReport.suiteTables {
      suiteWriters.append(
        (table, try CSVWriter(path: "\(folder)/\(table.file)", columns: table.columns)))
    }
    self.suiteWriters = suiteWriters
    environmentsWriter = try CSVWriter(
      path: "\(folder)/\(EnvironmentsTable.file)", columns: EnvironmentsTable.columns)
    series = try SeriesReport(folder: folder)
  }

  mutating func add(_ analysis: ScenarioAnalysis) throws(ReportError) {
    for (table, writer) in writers { try table.write(analysis, to: writer) }
    try environments.write(analysis.result, to: environmentsWriter)
  }

  /// Renames the files when all are complete and all can be renamed.
  func commit(_ comparison: SuiteComparison) throws(ReportError) {
    for (table, writer) in suiteWriters { try table.write(comparison, to: writer) }
    let all =
      writers.map(\.writer) + suiteWriters.map(\.writer) + [environmentsWriter] + series.writers
    for writer in all { try writer.finish() }
    for writer in all { try writer.checkPlace() }
    for writer in all { try writer.commit() }
  }
}
