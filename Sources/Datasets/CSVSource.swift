package import Parameters

/// A table with a header line, a column of labels and otherwise numbers (RFC 4180; lines may end in LF).
package struct CSVSource: Parameterized {
  package static let name = "csv"
  package static let parameters: [Parameter<CSVSource>] = [
    Parameter(
      "csv", \.path, .text("a file name"),
      "table with a header line; a path is relative to the scenario's folder"
    ).required(),
    Parameter("label", \.label, .text("the name of a column"), "column with the classes").required(),
    Parameter("test", \.test, Test.domain, "rows held out as test set, or a second table"),
    Parameter(
      "classes", \.classes, .whole(2...1_048_576), absent: "as in the data",
      "number of classes, if labels are whole numbers from 0"),
  ]

  package var path: String
  /// Name of the column with the classes: any texts. They are numbered in order, as numbers where all of them are.
  package var label: String
  package var test = Test.held(.share(0.2))
  /// If given, labels are whole numbers from 0 below this, whether each occurs or not.
  package var classes: Int?
  /// Keys which rows are held out as test set.
  package var splitSeed = 0

  /// What the test set is.
  package enum Test: Hashable, Sendable {
    /// Rows of the table, at random.
    case held(SampleCount)
    /// Another table with the same columns.
    case file(String)

    package static let domain = ParameterDomain.phrased(
      "a fraction above 0 and below 1, a number of rows, or a file name",
      .either([SampleCount.domain, .text("a file name")]))
  }

  package init() {
    path = ""
    label = ""
  }

  package init(path: String, label: String) {
    self.path = path
    self.label = label
  }

  func featureCount() throws(DatasetError) -> Int {
    // A header of a megabyte has more columns than any network here takes.
    let head = try FileBytes.head(path, count: 1 << 20, remedy: Self.remedy).bytes
    let line = Array(head.prefix { $0 != UInt8(ascii: "\n") })
    return try CSVTable(line, path: path).columns.count - 1
  }

  /// - Throws: `DatasetError` naming file and line of whatever is no number, or no known class.
  package func load(
    name: String, memoryLimit: Int = MemoryLimit.bytes
  ) throws(DatasetError) -> Dataset {
    let main = try CSVColumns(path, label: label, memoryLimit: memoryLimit)
    let classes = try ClassNames(main, count: classes)
    let all = Samples(
      featureCount: main.featureCount, features: main.features, labels: try classes.numbers(main))
    switch test {
    case .file(let path):
      let other = try CSVColumns(path, label: label, memoryLimit: memoryLimit)
      guard other.names == main.names else {
        throw .malformedTable(
          path: path, line: 1, expected: "the columns of \(self.path) in the same order",
          found: other.names.prefix(12).joined(separator: ", "))
      }
      return Dataset(
        name: name, title: name, classCount: classes.count, train: all,
        test: Samples(
          featureCount: other.featureCount, features: other.features,
          labels: try classes.numbers(other)))
    case .held(let amount):
      let held = amount.count(of: all.count)
      guard held >= 1, held < all.count else {
        throw .split(
          name: name,
          reason: "test: \(amount) takes \(held) of \(all.count) rows; both parts need at least one"
        )
      }
      let order = SampleSplit.order(count: all.count, seed: splitSeed, part: .test)
      return Dataset(
        name: name, title: name, classCount: classes.count,
        train: all.selecting(order[held...].sorted()), test: all.selecting(order[..<held].sorted()))
    }
  }

  static let remedy = "paths are relative to the scenario's folder"
}

/// The rows of a table, its labels apart.
private struct CSVColumns {
  let path: String
  /// Of the features, in order.
  let names: [String]
  let features: [Float]
  let labels: [String]
  /// The line that each row begins in.
  let lines: [Int]

  var featureCount: Int { names.count }

  init(_ path: String, label: String, memoryLimit: Int) throws(DatasetError) {
    let size = try FileBytes.head(path, count: 1, remedy: CSVSource.remedy).fileSize
    // A number takes two bytes of text at least, and four as a Float.
    guard 3 * size <= memoryLimit else {
      throw .tooLarge(path: path, bytes: 3 * size, limit: memoryLimit)
    }
    var table = try CSVTable(FileBytes.read(path, remedy: CSVSource.remedy), path: path)
    let columns = table.columns
    guard let place = columns.firstIndex(of: label) else {
      throw .unknownColumn(path: path, column: label, known: columns)
    }
    guard columns.count >= 2 else {
      throw .malformedTable(
        path: path, line: 1, expected: "a column of numbers beside the labels", found: "none")
    }
    var features: [Float] = []
    var labels: [String] = []
    var lines: [Int] = []
    while try table.nextRow() {
      for index in columns.indices {
        if index == place {
          labels.append(table.text(index))
        } else {
          guard let number = table.number(index) else {
            throw .malformedTable(
              path: path, line: table.line,
              expected: "\(Self.wanted(table.text(index))) in column '\(columns[index])'",
              found: "'\(table.text(index))'")
          }
          features.append(number)
        }
      }
      lines.append(table.line)
      if labels[labels.count - 1].isEmpty {
        throw .malformedTable(
          path: path, line: table.line, expected: "a label in column '\(label)'", found: "nothing")
      }
    }
    guard !labels.isEmpty else {
      throw .malformedTable(path: path, line: 2, expected: "a row", found: "none")
    }
    self.path = path
    names = columns.enumerated().filter { $0.offset != place }.map(\.element)
    self.features = features
    self.labels = labels
    self.lines = lines
  }

  /// What a field should have been; one that is a number after all is too large.
  private static func wanted(_ text: String) -> String {
    Double(text)?.isFinite == true && !text.lowercased().contains("x")
      ? "a number that a 32-bit float can hold (up to 3.4e38)" : "a finite number"
  }
}

/// The classes of a table, numbered.
private struct ClassNames {
  let count: Int
  private let numbers: [String: Int32]

  /// What more classes than this tell is that the column holds something else.
  private static let limit = 65_536

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
    // Of "nan" there is no order, and "inf" is a word like it.
    let areNumbers = values.allSatisfy { $0.number?.isFinite == true }
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

extension CSVSource.Test: ParameterConvertible {
  package var parameterValue: ParameterValue {
    switch self {
    case .held(let amount): amount.parameterValue
    case .file(let path): .text(path)
    }
  }

  package init?(parameterValue value: ParameterValue) {
    if case .text(let path) = value {
      self = .file(path)
    } else {
      guard let amount = SampleCount(parameterValue: value) else { return nil }
      self = .held(amount)
    }
  }
}
