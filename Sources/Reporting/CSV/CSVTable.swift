import Records

/// One of the files under `csv/`.
protocol CSVTable: SendableMetatype {
  static var file: String { get }
  static var columns: [String] { get }
  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError)
}

/// Every CSV file, filled one scenario at a time; each appears whole, and none before the last is.
final class CSVReport {
  static let tables: [any CSVTable.Type] = [
    RunsTable.self, SummaryTable.self, CurvesTable.self, TrajectoriesTable.self, EWMATable.self,
  ]

  private let writers: [(table: any CSVTable.Type, writer: CSVWriter)]

  init(folder: String) throws(ReportError) {
    try makeFolder(folder)
    var writers: [(any CSVTable.Type, CSVWriter)] = []
    for table in Self.tables {
      writers.append(
        (table, try CSVWriter(path: "\(folder)/\(table.file)", columns: table.columns)))
    }
    self.writers = writers
  }

  func add(_ result: ScenarioResult) throws(ReportError) {
    for (table, writer) in writers { try table.write(result, to: writer) }
  }

  /// Names the files only when all of them are whole, and only where all can be named.
  func commit() throws(ReportError) {
    for (_, writer) in writers { try writer.finish() }
    for (_, writer) in writers { try writer.checkPlace() }
    for (_, writer) in writers { try writer.commit() }
  }
}
