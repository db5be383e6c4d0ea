import Analysis
import Records

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
  /// The tables with rows of each scenario.
  static let scenarioFiles = tables.map { $0.file } + SeriesReport.tables.map { $0.file }

  /// The files, or the error of writing them.
  private var files: Result<Files, ReportError>
  /// Bytes of each scenario's rows, by scenario and file.
  private(set) var places: [String: [String: Range<Int>]] = [:]
  private var starts: [String: Int] = [:]
  /// Of the tables with rows of each scenario, once they are in their places.
  private(set) var identities: [String: FileIdentity]?

  init(folder: String) { files = Result { () throws(ReportError) in try Files(folder: folder) } }

  /// - Parameter parts: Rows of the series tables, as ``SeriesReport/rows(of:)`` makes them.
  func addSeries(_ parts: [CSVRows]) {
    write { files throws(ReportError) in try files.series.write(parts) }
  }

  /// Ends the rows of a scenario, whose series came before.
  func add(_ analysis: ScenarioAnalysis) {
    write { files throws(ReportError) in try files.add(analysis) }
    notePlaces(of: analysis.scenario.name)
  }

  /// Adds the rows of a scenario that the tables of an earlier report have.
  ///
  /// - Parameter rows: Their bytes, by the name of the file.
  func add(_ rows: [String: Range<Int>], of scenario: String, from tables: KeptTables) {
    write { files throws(ReportError) in try files.add(rows, from: tables) }
    notePlaces(of: scenario)
  }

  private func notePlaces(of scenario: String) {
    guard case .success(let files) = files else { return }
    let lengths = files.lengths
    places[scenario] = lengths.reduce(into: [:]) { places, end in
      places[end.key] = (starts[end.key] ?? files.headers[end.key] ?? 0)..<end.value
    }
    starts = lengths
  }

  /// Renames the files when all are complete and all can be renamed.
  func commit(_ suite: SuiteAnalysis) throws(ReportError) {
    identities = try files.get().commit(suite)
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
  /// Lengths of the heads of the tables with rows of each scenario.
  let headers: [String: Int]

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
    headers = Self.byFile(writers.map(\.1) + series.writers).mapValues(\.length)
  }

  /// The writers of the tables with rows of each scenario.
  private var scenarioWriters: [String: CSVWriter] {
    Self.byFile(writers.map(\.writer) + series.writers)
  }

  private static func byFile(_ writers: [CSVWriter]) -> [String: CSVWriter] {
    Dictionary(
      zip(CSVReport.scenarioFiles, writers).map { ($0, $1) },
      uniquingKeysWith: { first, _ in first })
  }

  var lengths: [String: Int] { scenarioWriters.mapValues(\.length) }

  func add(_ analysis: ScenarioAnalysis) throws(ReportError) {
    for (table, writer) in writers { try table.write(analysis, to: writer) }
  }

  func add(_ rows: [String: Range<Int>], from tables: KeptTables) throws(ReportError) {
    for (file, writer) in scenarioWriters {
      try tables.copy(rows[file] ?? 0..<0, of: file, to: writer)
    }
  }

  /// Renames the files when all are complete and all can be renamed.
  ///
  /// - Returns: The identities of the tables with rows of each scenario.
  func commit(_ suite: SuiteAnalysis) throws(ReportError) -> [String: FileIdentity] {
    for (table, writer) in suiteWriters { try table.write(suite.comparison, to: writer) }
    var environments = EnvironmentsTable()
    for digest in suite.scenarios { try environments.write(digest, to: environmentsWriter) }
    let others = suiteWriters.map(\.writer) + [environmentsWriter]
    let all = writers.map(\.writer) + others + series.writers
    for writer in all { try writer.finish() }
    for writer in all { try writer.checkPlace() }
    for writer in others { try writer.commit() }
    var identities: [String: FileIdentity] = [:]
    for (file, writer) in scenarioWriters { identities[file] = try writer.commit() }
    return identities
  }
}
