/// The classes of a table, numbered.
struct ClassNames {
  let count: Int
  private let numbers: [String: Int32]

  /// More classes show that the column holds something else.
  private static let limit = 65_536
  /// This many different numbers may be classes in any table.
  private static let fewClasses = 20

  init(_ columns: CSVColumns, count: Int?) throws(DatasetError) {
    if let count {
      self.count = count
      numbers = Dictionary(uniqueKeysWithValues: (0..<count).map { ("\($0)", Int32($0)) })
      return
    }
    let names = Set(columns.labels)
    guard names.count <= Self.limit else {
      throw .malformedTable(
        path: columns.path, line: 1, expected: "a column of at most \(Self.limit) classes",
        found: "\(names.count) different labels")
    }
    let values = names.map { (name: $0, number: Double($0)) }
    // "nan" has no order, and "inf" is a word like it.
    let areNumbers = values.allSatisfy { $0.number?.isFinite == true }
    let isMeasured = names.count > max(Self.fewClasses, columns.labels.count / 2)
    guard !areNumbers || !isMeasured else {
      throw .malformedTable(
        path: columns.path, line: 1, expected: "a column of classes",
        found:
          "\(names.count) different numbers in \(columns.labels.count) rows ('\(columns.label)' looks numeric; regression is not supported)"
      )
    }
    let sorted = values.sorted {
      areNumbers && $0.number != $1.number
        ? ($0.number ?? 0) < ($1.number ?? 0) : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    self.count = sorted.count
    numbers = Dictionary(
      uniqueKeysWithValues: sorted.enumerated().map { ($1.name, Int32($0)) })
  }

  func numbers(_ columns: CSVColumns) throws(DatasetError) -> [Int32] {
    var labels: [Int32] = []
    labels.reserveCapacity(columns.labels.count)
    for (row, name) in columns.labels.enumerated() {
      guard let number = numbers[name] else {
        let known = numbers.sorted { $0.value < $1.value }.map(\.key)
        throw .malformedTable(
          path: columns.path, line: columns.lines[row],
          expected:
            "one of the classes \(known.prefix(12).joined(separator: ", "))\(known.count > 12 ? " …" : "")",
          found: "label '\(name)'")
      }
      labels.append(number)
    }
    return labels
  }
}
