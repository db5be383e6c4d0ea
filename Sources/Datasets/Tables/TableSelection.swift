/// Which columns of a table are learned from.
enum TableSelection {
  /// As `columns` and `without` say; all but the label if they do not.
  static func columns(
    of table: CSVTable, label: Int, source: CSVSource, like model: CSVColumns?
  ) throws(DatasetError) -> [TableColumn] {
    let names = table.columns
    var places = Set(names.indices)
    if let chosen = source.columns { places = try chosen.places(in: names, path: table.path) }
    if let without = source.without {
      places.subtract(try without.places(in: names, path: table.path))
    }
    places.remove(label)
    guard !places.isEmpty else {
      throw .malformedTable(
        path: table.path, line: 1, expected: "a column of numbers beside the labels", found: "none")
    }
    let forced = try source.categories?.places(in: names, path: table.path) ?? []
    return places.sorted().map { place in
      let known = model?.categories[names[place]].map { words in
        Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) })
      }
      return TableColumn(
        names[place], place: place, known: known, isForced: forced.contains(place))
    }
  }

  /// A column without a name may be empty, but not in part.
  static func checkMissing(
    _ columns: [TableColumn], source: CSVSource, path: String
  ) throws(DatasetError) {
    for column in columns where column.kind != .empty && source.missing == .refuse {
      guard let line = column.firstMissing else { continue }
      throw .malformedTable(
        path: path, line: line,
        expected:
          "a value in column '\(column.name)' (set 'missing', or leave the column out with 'without')",
        found: "nothing")
    }
    if let empty = columns.first(where: { $0.kind == .empty && !$0.isUnnamed }) {
      throw .malformedTable(
        path: path, line: 2, expected: "a value in column '\(empty.name)'", found: "none in any row"
      )
    }
  }

  /// The columns without those that have no name and count the rows, or have no values.
  ///
  /// - Parameter model: the training table, whose columns decide.
  static func kept(
    _ columns: [TableColumn], like model: CSVColumns?, path: String
  ) throws(DatasetError) -> (kept: [TableColumn], leftOut: [TableColumn]) {
    func isLeftOut(_ column: TableColumn) -> Bool {
      guard column.isUnnamed else { return false }
      return column.kind == .empty
        || (model.map { !$0.names.contains(column.name) } ?? column.isIndex)
    }
    let kept = columns.filter { !isLeftOut($0) }
    guard !kept.isEmpty else {
      throw .malformedTable(
        path: path, line: 1, expected: "a column of numbers beside the labels",
        found: "only an index")
    }
    return (kept, columns.filter(isLeftOut))
  }

  /// More categories than this are texts or identifiers, unless there are many rows for each.
  private static let fewCategories = 20

  /// The words of a column that rows have, in order, and the place among them of each word's number.
  static func words(
    of column: TableColumn, rows: TableRows, place: Int, path: String
  ) throws(DatasetError) -> (names: [String], slots: [Int]) {
    if let known = column.known {
      let names = known.sorted { $0.value < $1.value }.map(\.key)
      return (names, Array(names.indices))
    }
    let width = rows.numbers.count / max(1, rows.lines.count)
    var occurs = [Bool](repeating: false, count: column.words.count)
    for row in rows.lines.indices {
      let value = rows.numbers[row * width + place]
      if !value.isNaN { occurs[Int(value)] = true }
    }
    let names = column.words.filter { occurs[$0.value] }.keys
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard column.isForced || !names.allSatisfy(LabelText.looksNumeric) else {
      throw .malformedTable(
        path: path, line: column.firstWord?.line ?? 2,
        expected:
          "a finite number in column '\(column.name)' (set 'decimal: comma' if it has one, or 'categories: [\(column.name)]')",
        found: "'\(column.firstWord?.text ?? names[0])'")
    }
    guard names.count <= max(fewCategories, rows.lines.count / 10) else {
      throw .malformedTable(
        path: path, line: column.firstWord?.line ?? 2,
        expected:
          "numbers or a few categories in column '\(column.name)' (leave it out with 'without: [\(column.name)]' or 'columns')",
        found: "\(names.count) different words in \(rows.lines.count) rows")
    }
    var slots = [Int](repeating: 0, count: column.words.count)
    for (slot, name) in names.enumerated() { slots[column.words[name] ?? 0] = slot }
    return (names, slots)
  }
}
