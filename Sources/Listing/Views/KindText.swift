import Text

/// A line for each thing of one kind.
package struct KindText {
  private let list: KindList
  /// Columns of the terminal; `nil` leaves lines as long as they are, for programs.
  private let width: Int?

  package init(_ list: KindList, width: Int?) {
    self.list = list
    self.width = width
  }

  /// One long cell does not push the other rows apart.
  private static let widestColumn = 40

  package var text: String {
    list.isCut ? cutLines : wrappedLines.joined(separator: "\n")
  }

  private var cutLines: String {
    let rows = [list.headings] + list.entries.map(\.line)
    let widths = list.headings.indices.map { column in
      min(Self.widestColumn, rows.map { $0[column].count }.max() ?? 0)
    }
    return rows.map { row in
      let cells = zip(row, widths).map { $0.padded(to: $1) }
      return ListWrapping.cut(cells.joined(separator: "  ").trimmedEnd, to: width)
    }.joined(separator: "\n")
  }

  /// The last cell continues below itself; on a terminal that is too narrow for that, a block per entry.
  private var wrappedLines: [String] {
    let table = [list.headings] + list.entries.map(\.line)
    let last = list.headings.count - 1
    let widths = (0..<last).map { column in table.map { $0[column].count }.max() ?? 0 }
    let indent = widths.reduce(0) { $0 + $1 + 2 }
    if let width, width < indent + ListWrapping.narrowest {
      let column = (list.headings.map(\.count).max() ?? 0) + 4
      return list.entries.flatMap { entry in
        [ListWrapping.wrapped("", entry.line[0], indent: 4, width: width)]
          + zip(list.headings, entry.line).dropFirst().filter { !$1.isEmpty }.map {
            ListWrapping.labeled("  \($0)", $1, column: column, width: width)
          }
      }
    }
    return table.map { row in
      let cells = zip(row, widths).map { $0.padded(to: $1) + "  " }.joined()
      return ListWrapping.wrapped(cells, row[last], indent: indent, width: width)
    }
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
