/// The rows of a table as they are read.
struct TableRows {
  private let label: Int
  private let name: String
  private let task: CSVSource.Task
  private let missing: MissingValues

  /// Row-major, a number for each column that is read.
  private(set) var numbers: [Double] = []
  private(set) var labels: [String] = []
  private(set) var values: [Double] = []
  private(set) var lines: [Int] = []
  /// Rows left out because a value is missing.
  private(set) var dropped = 0

  init(label: Int, name: String, source: CSVSource) {
    self.label = label
    self.name = name
    task = source.task ?? .classification
    missing = source.missing
  }

  /// - Throws: `DatasetError.malformedTable` for a field that is not as it should be.
  mutating func append(_ table: CSVTable, _ columns: inout [TableColumn]) throws(DatasetError) {
    let begin = numbers.count
    let row = lines.count + dropped
    var isComplete = try appendLabel(table)
    for index in columns.indices {
      let value = try columns[index].value(in: table, row: row)
      if value.isNaN, !columns[index].isUnnamed {
        if missing == .refuse {
          throw table.malformed("a finite number", columns[index], table.text(columns[index].place))
        }
        if missing == .drop { isComplete = false }
      }
      numbers.append(value)
    }
    guard isComplete else {
      numbers.removeLast(numbers.count - begin)
      if labels.count > lines.count { labels.removeLast() }
      if values.count > lines.count { values.removeLast() }
      dropped += 1
      return
    }
    lines.append(table.line)
  }

  /// - Returns: Whether there is a label.
  private mutating func appendLabel(_ table: CSVTable) throws(DatasetError) -> Bool {
    if task == .regression, let number = table.number(label) {
      values.append(number)
      return true
    }
    let text = table.text(label)
    let isMissing =
      task == .regression ? MissingValues.isMark(text) : MissingValues.isLabelMark(text)
    if isMissing, missing == .drop { return false }
    guard task == .classification, !isMissing else {
      let what = task == .regression ? "a number to predict" : "a label"
      let remedy = isMissing ? " ('missing: drop' leaves such rows out)" : ""
      throw .malformedTable(
        path: table.path, line: table.line, expected: "\(what) in column '\(name)'\(remedy)",
        found: text.isEmpty ? "nothing" : "'\(text)'")
    }
    labels.append(text)
    return true
  }
}
