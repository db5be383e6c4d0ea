import Records

/// Tables with a row per recorded point. Rows are made a few trials at a time on several threads, and written in the order of the
/// trials.
struct SeriesReport {
  static let tables: [any SeriesTable.Type] = [CurvesTable.self, TrajectoriesTable.self]

  let writers: [CSVWriter]

  init(folder: String) throws(ReportError) {
    var writers: [CSVWriter] = []
    for table in Self.tables {
      writers.append(try CSVWriter(path: "\(folder)/\(table.file)", columns: table.columns))
    }
    self.writers = writers
  }

  /// Rows of some trials, one part per table.
  static func rows(of part: ScenarioResult) -> [CSVRows] {
    tables.map { table in
      var rows = CSVRows()
      for run in part.runs { table.write(run, of: part.scenario, to: &rows) }
      return rows
    }
  }

  func write(_ parts: [CSVRows]) throws(ReportError) {
    for (writer, rows) in zip(writers, parts) { try writer.append(rows) }
  }
}
