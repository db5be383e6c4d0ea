/// Table with aligned columns for the terminal.
package struct TextTable {
  private var rows: [[String]]

  package init(columns: [String]) { rows = [columns] }

  package mutating func add(_ row: [String]) { rows.append(row.map(\.visible)) }

  /// One line per row, two spaces between columns, no trailing spaces.
  package var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { index, cell in
        index == row.count - 1
          ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
