/// What a table's reader did without being asked for, and signs that the table is not what was meant.
enum TableNotes {
  /// Fewer rows can count by chance.
  private static let leastCounted = 10

  static func notes(
    path: String, columns: [TableColumn], leftOut: [TableColumn], rows: TableRows,
    source: CSVSource
  ) -> [String] {
    var notes: [String] = []
    for column in leftOut where column.kind == .numbers {
      notes.append(
        "column '\(column.name)' has no name and numbers the rows, so it is left out")
    }
    let counting = columns.filter {
      ($0.countsRows && rows.lines.count >= leastCounted) || $0.isCalledIdentifier || $0.isUnnamed
    }
    for column in counting where source.columns == nil {
      let what =
        column.countsRows
        ? "counts the rows" : column.isUnnamed ? "has no name" : "looks like an identifier"
      notes.append(
        "column '\(column.name)' \(what), and networks learn from it; 'without: [\(column.name)]' leaves it out"
      )
    }
    for column in columns where column.kind == .words && source.categories == nil {
      notes.append(
        "column '\(column.name)' has words: an input of 0 or 1 for each")
    }
    let missing = columns.filter { $0.missingCount > 0 }
    if !missing.isEmpty, source.missing == .mean {
      notes.append(
        "missing values are the mean of the training samples: "
          + missing.map { "\($0.missingCount) in column '\($0.name)'" }.joined(separator: ", "))
    }
    if rows.dropped > 0 {
      notes.append(
        "\(rows.dropped) of \(rows.dropped + rows.lines.count) rows have missing values and are left out"
      )
    }
    return notes.map { "\(path): \($0)" }
  }
}
