/// A column of features while a table is read.
struct TableColumn {
  let name: String
  /// Its place in the table.
  let place: Int
  /// The words of another table that this one must keep to.
  let known: [String: Int]?
  /// Whether numbers name categories.
  let isForced: Bool

  /// What is in it so far.
  private(set) var kind = Kind.empty
  private(set) var firstMissing: Int?
  private(set) var missingCount = 0
  /// Words by their number, in the order in which they occur.
  private(set) var words: [String: Int] = [:]
  private(set) var firstWord: (text: String, line: Int)?
  private var counter: (first: Double, isCounting: Bool)?
  /// Of a column without a name: its numbers, as long as they are whole and all different.
  private var indices: Set<Double>? = []

  enum Kind { case empty, numbers, words }

  init(_ name: String, place: Int, known: [String: Int]?, isForced: Bool) {
    self.name = name
    self.place = place
    self.known = known
    self.isForced = isForced
    if isForced || known != nil { kind = .words }
  }

  var isUnnamed: Bool { TableHeader.isUnnamed(name) }

  /// Whether its numbers are those of the rows.
  var countsRows: Bool { kind == .numbers && missingCount == 0 && counter?.isCounting == true }

  /// Whether it is an index that was saved with the table: without a name, whole numbers, each once.
  var isIndex: Bool { isUnnamed && kind == .numbers && missingCount == 0 && indices != nil }

  /// Whether it is called as identifiers are.
  var isCalledIdentifier: Bool {
    ["id", "index", "rownames", "row_id", "sample_id", "row"].contains(name.lowercased())
  }

  /// The value in the current row: a number, the number of a word, or NaN where there is none.
  ///
  /// - Parameter row: counted from 0.
  mutating func value(in table: CSVTable, row: Int) throws(DatasetError) -> Double {
    if kind != .words, let number = table.number(place) {
      guard number.magnitude <= Double(Float.greatestFiniteMagnitude) else {
        throw table.malformed(
          "a number that a 32-bit float can hold (up to 3.4e38)", self, table.text(place))
      }
      guard firstWord == nil else { throw mixed(table) }
      kind = .numbers
      let first = counter?.first ?? number
      let counts = number == first + Double(row) && (first == 0 || first == 1)
      counter = (first, (counter?.isCounting ?? true) && counts)
      if isUnnamed, number.rounded() != number || indices?.insert(number).inserted != true {
        indices = nil
      }
      return number
    }
    let text = LabelText.canonical(table.text(place))
    if MissingValues.isMark(text) {
      missingCount += 1
      firstMissing = firstMissing ?? table.line
      return .nan
    }
    guard kind != .numbers else { throw table.malformed("a finite number", self, text) }
    if kind == .empty {
      kind = .words
      firstWord = (text, table.line)
    }
    // A number among words: the words may be the mistake.
    if !isForced, known == nil, table.number(place) != nil { throw mixed(table) }
    if let known {
      guard let number = known[text] else {
        throw .malformedTable(
          path: table.path, line: table.line,
          expected:
            "one of the categories \(known.keys.sorted().prefix(12).joined(separator: ", "))\(known.count > 12 ? " …" : "") in column '\(name)'",
          found: "'\(text)'")
      }
      return Double(number)
    }
    let number = words[text] ?? words.count
    words[text] = number
    return Double(number)
  }

  private func mixed(_ table: CSVTable) -> DatasetError {
    let word = firstWord ?? ("", table.line)
    return .malformedTable(
      path: table.path, line: word.line,
      expected:
        "a finite number in column '\(name)', as in line \(table.line) (\(table.remedy(for: word.text, column: name)))",
      found: "'\(word.text)'")
  }
}

extension CSVTable {
  /// A field that should be `expected`.
  func malformed(_ expected: String, _ column: TableColumn, _ text: String) -> DatasetError {
    .malformedTable(
      path: path, line: line,
      expected:
        "\(expected) in column '\(column.name)' (\(remedy(for: text, column: column.name)))",
      found: "'\(text)'")
  }
}
