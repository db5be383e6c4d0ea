/// The classes of a table, numbered.
struct ClassNames {
  let count: Int
  /// What was done without being asked for.
  let notes: [String]
  private let numbers: [String: Int32]

  /// More classes show that the column holds something else.
  private static let limit = 65_536
  /// Number of different labels that may be classes in any table of at least `fewRows` rows.
  private static let fewClasses = 20
  private static let fewRows = 10

  /// Whether nearly every sample has a label of its own.
  static func areTooMany(_ classes: Int, samples: Int) -> Bool {
    samples >= fewRows && 2 * classes > samples
  }

  init(_ columns: CSVColumns, count: Int?) throws(DatasetError) {
    let spellings = Set(columns.labels)
    let names = Set(spellings.map(LabelText.canonical))
    try Self.check(columns, names: names, isCounted: count != nil)
    notes = Self.notes(columns, spellings)
    if let count {
      self.count = count
      numbers = Dictionary(uniqueKeysWithValues: (0..<count).map { ("\($0)", Int32($0)) })
      return
    }
    let values = names.map { (name: $0, number: LabelText.number($0)) }
    let areNumbers = values.allSatisfy { $0.number != nil }
    let sorted = values.sorted {
      areNumbers
        ? ($0.number ?? 0) < ($1.number ?? 0) : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    self.count = sorted.count
    numbers = Dictionary(
      uniqueKeysWithValues: sorted.enumerated().map { ($1.name, Int32($0)) })
  }

  private static func check(
    _ columns: CSVColumns, names: Set<String>, isCounted: Bool
  ) throws(DatasetError) {
    guard names.count <= limit else {
      throw .malformedTable(
        path: columns.path, line: 1, expected: "a column of at most \(limit) classes",
        found: "\(names.count) different labels")
    }
    let areNumbers = names.allSatisfy { LabelText.number($0) != nil }
    let isMeasured =
      areNumbers && !isCounted && names.count > max(fewClasses, columns.count / 2)
    guard isMeasured || areTooMany(names.count, samples: columns.count) else { return }
    let remedy =
      areNumbers
      ? " (to predict the numbers, set 'task: regression' in 'dataset', 'loss: mean_squared_error' and one output)"
      : " (choose another 'label')"
    throw .malformedTable(
      path: columns.path, line: 1,
      expected: "classes of several samples each in column '\(columns.label)'\(remedy)",
      found: "\(names.count) different labels in \(columns.count) rows")
  }

  private static func notes(_ columns: CSVColumns, _ spellings: Set<String>) -> [String] {
    let groups = Dictionary(grouping: spellings, by: LabelText.canonical)
      .values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    return groups.prefix(3).map { group in
      "\(columns.path): the labels \(group.map { "'\($0)'" }.joined(separator: ", ")) are one number and one class"
    }
  }

  func numbers(_ columns: CSVColumns) throws(DatasetError) -> [Int32] {
    var labels: [Int32] = []
    labels.reserveCapacity(columns.labels.count)
    // Few different texts, many rows.
    var known = numbers
    for (row, name) in columns.labels.enumerated() {
      guard let number = known[name] ?? numbers[LabelText.canonical(name)] else {
        throw unknown(name, columns, row)
      }
      known[name] = number
      labels.append(number)
    }
    return labels
  }

  private func unknown(_ name: String, _ columns: CSVColumns, _ row: Int) -> DatasetError {
    let known = numbers.sorted { $0.value < $1.value }.map(\.key)
    return .malformedTable(
      path: columns.path, line: columns.lines[row],
      expected:
        "one of the classes \(known.prefix(12).joined(separator: ", "))\(known.count > 12 ? " …" : "")",
      found: "label '\(name)'")
  }
}
