import Foundation
import Text

/// A CSV file as the project's own reader reads it.
struct CSVTable {
  var columns: [String]
  var rows: [[String]] = []

  init(path: String) throws {
    var reader = CSVReader([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    columns = try reader.next() ? reader.texts : []
    while try reader.next() { rows.append(reader.texts) }
  }

  /// Each row by its columns' names.
  var records: [[String: String]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
  }
}

/// The rows of a CSV file, each by its columns' names.
func rows(of path: String) throws -> [[String: String]] { try CSVTable(path: path).records }
