import Analysis
import Records

/// One of the files under `csv/`.
protocol CSVTable: SendableMetatype {
  static var file: String { get }
  static var columns: [String] { get }
  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError)
}

/// All CSV files, filled one scenario at a time; they appear together when all are complete.
final class CSVReport {
  static let tables: [any CSVTable.Type] = [
    RunsTable.self, SummaryTable.self, PairwiseTable.self, TargetsTable.self, EWMATable.self,
  ]
  static let suiteTables: [any SuiteTable.Type] = [
    RankingTable.self, RankingPairsTable.self, ProfilesTable.self,
  ]

  private let writers: [(table: any CSVTable.Type, writer: CSVWriter)]
  private let suiteWriters: [(table: any SuiteTable.Type, writer: CSVWriter)]
  private let environmentsWriter: CSVWriter
  private let series: SeriesReport
  private var environments = EnvironmentsTable()
  private var standings: [ScenarioStanding] = []

  init(folder: String) throws(ReportError) {
    try makeFolder(folder)
    StaleStaging.sweep(folder)
    var writers: [(any CSVTable.Type, CSVWriter)] = []
    for table in Self.tables {
      writers.append(
        (table, try CSVWriter(path: "\(folder)/\(table.file)", columns: table.columns)))
    }
    self.writers = writers
    var suiteWriters: [(any SuiteTable.Type, CSVWriter)] = []
    for table in Self.suiteTables {
      suiteWriters.append(
        (table, try CSVWriter(path: "\(folder)/\(table.file)", columns: table.columns)))
    }
    self.suiteWriters = suiteWriters
    environmentsWriter = try CSVWriter(
      path: "\(folder)/\(EnvironmentsTable.file)", columns: EnvironmentsTable.columns)
    series = try SeriesReport(folder: folder)
  }

  /// - Parameter jobs: Number of threads.
  func add(_ scenario: ScenarioRecord, from source: any ResultSource, jobs: Int) throws {
    try add(source.result(of: scenario, trajectories: .none))
    try series.add(scenario, from: source, jobs: jobs)
  }

  private func add(_ result: ScenarioResult) throws(ReportError) {
    for (table, writer) in writers { try table.write(result, to: writer) }
    try environments.write(result, to: environmentsWriter)
    if let standing = ScenarioStanding(of: result) { standings.append(standing) }
  }

  /// Renames the files when all are complete and all can be renamed.
  func commit() throws(ReportError) {
    let comparison = SuiteComparison(standings)
    for (table, writer) in suiteWriters { try table.write(comparison, to: writer) }
    let all =
      writers.map(\.writer) + suiteWriters.map(\.writer) + [environmentsWriter] + series.writers
    for writer in all { try writer.finish() }
    for writer in all { try writer.checkPlace() }
    for writer in all { try writer.commit() }
  }
}
