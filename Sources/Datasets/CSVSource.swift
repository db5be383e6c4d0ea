package import Parameters

/// A table with a header line, a column of labels and otherwise numbers (RFC 4180; lines may end in LF).
package struct CSVSource: Parameterized {
  package static let name = "csv"
  package static let parameters: [Parameter<CSVSource>] = [
    Parameter(
      "csv", \.path, .text("a file name"),
      "table with a header line; a path is relative to the scenario's folder"
    ).required(),
    Parameter("label", \.label, .text("the name of a column"), "column with the classes")
      .required(),
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
          labels: try classes.numbers(other)), warnings: main.warnings)
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
        train: all.selecting(order[held...].sorted()), test: all.selecting(order[..<held].sorted()),
        warnings: main.warnings)
    }
  }

  static let remedy = "paths are relative to the scenario's folder"
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
