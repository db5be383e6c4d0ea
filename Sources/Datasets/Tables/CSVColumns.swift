/// The rows of a table in numbers, their labels apart.
struct CSVColumns {
  let path: String
  /// Name of the column of labels.
  let label: String
  /// The columns that are learned from, in order.
  private(set) var names: [String] = []
  /// Of the columns of words, their words in order: each is an input of 0 or 1.
  private(set) var categories: [String: [String]] = [:]
  /// Row-major; NaN where a value is missing.
  private(set) var features: [Double] = []
  private(set) var featureCount = 0
  /// Empty where labels are numbers to predict.
  private(set) var labels: [String] = []
  private(set) var values: [Double] = []
  /// The line that each row begins in.
  private(set) var lines: [Int] = []
  /// What was done without being asked for, and signs that the table is not what was meant.
  private(set) var notes: [String] = []

  var count: Int { lines.count }

  /// - Parameter model: the training table, where this is the one to test with.
  init(
    _ path: String, source: CSVSource, like model: CSVColumns? = nil, memoryLimit: Int
  ) throws(DatasetError) {
    let size = try FileBytes.head(path, count: 1, remedy: CSVSource.remedy).fileSize
    // A number takes two bytes of text at least, eight as a Double and four as a Float.
    guard 7 * size <= memoryLimit else {
      throw .tooLarge(path: path, bytes: 7 * size, limit: memoryLimit)
    }
    try self.init(
      FileBytes.read(path, remedy: CSVSource.remedy), path: path, source: source, like: model,
      memoryLimit: memoryLimit)
  }

  init(
    _ bytes: [UInt8], path: String, source: CSVSource, like model: CSVColumns? = nil,
    memoryLimit: Int
  ) throws(DatasetError) {
    var table = try CSVTable(bytes, source: source, path: path)
    let labelPlace = try ColumnChoice.place(of: source.label, in: table.columns, path: path)
    self.path = path
    label = table.columns[labelPlace]
    var columns = try TableSelection.columns(
      of: table, label: labelPlace, source: source, like: model)
    var rows = TableRows(label: labelPlace, name: label, source: source)
    while try table.nextRow() { try rows.append(table, &columns) }
    guard !rows.lines.isEmpty else {
      throw .malformedTable(
        path: path, line: 2, expected: "a row",
        found: rows.dropped > 0 ? "none without a missing value" : "none")
    }
    try TableSelection.checkMissing(columns, source: source, path: path)
    labels = rows.labels
    values = rows.values
    lines = rows.lines
    let (kept, left) = try TableSelection.kept(columns, like: model, path: path)
    notes = TableNotes.notes(
      path: path, columns: kept, leftOut: left, rows: rows, source: source)
    names = kept.map(\.name)
    try expand(rows, all: columns, kept: kept, memoryLimit: memoryLimit)
    if let model {
      guard names == model.names else {
        throw .malformedTable(
          path: path, line: 1, expected: "the columns of \(model.path) in the same order",
          found: names.prefix(12).joined(separator: ", "))
      }
    }
  }

  /// Words become one input for each category.
  private mutating func expand(
    _ rows: TableRows, all: [TableColumn], kept: [TableColumn], memoryLimit: Int
  ) throws(DatasetError) {
    let places = kept.compactMap { column in all.firstIndex { $0.place == column.place } }
    var inputs: [(place: Int, slots: [Int]?)] = []
    for (column, place) in zip(kept, places) {
      guard column.kind == .words else {
        inputs.append((place, nil))
        continue
      }
      let words = try TableSelection.words(of: column, rows: rows, place: place, path: path)
      categories[column.name] = words.names
      inputs.append((place, words.slots))
    }
    featureCount = inputs.reduce(0) { $0 + ($1.slots.map { ($0.max() ?? 0) + 1 } ?? 1) }
    let (numbers, overflow) = featureCount.multipliedReportingOverflow(by: count)
    guard !overflow, numbers <= memoryLimit / 12 else {
      throw .tooLarge(path: path, bytes: overflow ? .max : 12 * numbers, limit: memoryLimit)
    }
    if inputs.allSatisfy({ $0.slots == nil }), inputs.count == all.count {
      features = rows.numbers
      return
    }
    features.reserveCapacity(numbers)
    for row in 0..<count {
      for input in inputs {
        let value = rows.numbers[row * all.count + input.place]
        guard let slots = input.slots else {
          features.append(value)
          continue
        }
        for slot in 0...(slots.max() ?? 0) {
          features.append(value.isNaN ? .nan : slots[Int(value)] == slot ? 1 : 0)
        }
      }
    }
  }
}
