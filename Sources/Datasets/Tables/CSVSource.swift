package import Parameters
import Text

/// A table of samples, a row each (RFC 4180; lines may end in LF).
package struct CSVSource: Parameterized {
  package static let name = "csv"
  package static let parameters: [Parameter<CSVSource>] =
    [
      Parameter(
        "csv", \.path, .text("a file name"),
        "table of samples as text; a path is relative to the scenario's folder"
      ).required(),
      Parameter(
        "label", \.label, .text("the name or number of a column"),
        "column with the classes, or with the values to predict"
      ).required(),
      Parameter(
        "task", \.task, .choice(Task.allCases.map(\.rawValue)),
        absent: "classification, or regression for mean_squared_error with one output",
        "whether labels are classes, or numbers to predict"),
      Parameter("test", \.test, Test.domain, "rows held out as test set, or a second table"),
      Parameter(
        "classes", \.classes, .whole(2...1_048_576), absent: "as in the data",
        "number of classes, if labels are whole numbers from 0"),
    ] + columns + format

  package var path: String
  /// Name or number of the column with the labels.
  package var label: String
  package var task: Task?
  package var test = Test.held(.share(0.2))
  /// If given, labels are whole numbers from 0 below this, whether each occurs or not.
  package var classes: Int?
  /// The columns that are learned from; `nil` for all but the label.
  package var columns: ColumnChoice?
  package var without: ColumnChoice?
  /// Columns of numbers that name categories.
  package var categories: ColumnChoice?
  package var missing = MissingValues.refuse
  /// `nil` where the file shows it.
  package var separator: SeparatorWord?
  package var header: Bool?
  package var decimal = DecimalMark.point
  /// Keys which rows are held out as test set.
  package var splitSeed = 0

  /// What labels are.
  package enum Task: String, CaseIterable, Sendable {
    case classification
    case regression
  }

  package var predictsValues: Bool { task == .regression }

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

  package var conflicts: [Conflict] {
    [Conflict](
      (predictsValues && classes != nil, "classes", "does not go with 'task: regression'"),
      (
        decimal == .comma && separator?.separator == .comma, "decimal",
        "cannot be the separator too"
      ))
  }

  static let remedy = "paths are relative to the scenario's folder"
}

extension CSVSource {
  private static let columns: [Parameter<CSVSource>] = [
    Parameter(
      "columns", \.columns, ColumnChoice.domain, absent: "all but the label",
      "columns to learn from"),
    Parameter(
      "without", \.without, ColumnChoice.domain, absent: "none",
      "columns to ignore, such as an identifier"),
    Parameter(
      "categories", \.categories, ColumnChoice.domain, absent: "columns of words",
      "columns whose numbers name categories: each category becomes an input of 0 or 1"),
    Parameter(
      "missing", \.missing,
      "what an empty field, ?, NA or NaN leads to: an error, dropping the row, or the mean of the training samples"
    ),
  ]

  private static let format: [Parameter<CSVSource>] = [
    Parameter(
      "separator", \.separator, SeparatorWord.domain, absent: "as in the first lines",
      "what is between fields"),
    Parameter(
      "header", \.header, .flag,
      absent: "true, unless the first line looks like data: then an error",
      "whether the first line has the names of the columns"),
    Parameter("decimal", \.decimal, "decimal mark of numbers"),
  ]
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

extension CSVSource.Task: ParameterConvertible {
  package var parameterValue: ParameterValue { .choice(rawValue) }

  package init?(parameterValue value: ParameterValue) {
    guard case .choice(let name) = value else { return nil }
    self.init(rawValue: name)
  }
}
