import Foundation

/// Replaces what differs between machines and runs before a text is compared with its snapshot.
enum Masks {
  static let mark = "(masked)"

  /// Columns of tables that differ between machines and runs.
  private static let columns: Set<String> = [
    "wall_seconds", "cpu_seconds", "seconds_to_target", "environment", "processor", "cores",
    "operating_system", "swift_version", "blas", "blas_kernels", "build_flags", "revision",
    "package_version",
  ]

  /// Numbers of more than nine digits, rounded to nine.
  ///
  /// The last digits of logarithms and cosines, from which noise is drawn, are the system library's.
  static func rounded(_ text: String) -> String {
    text.replacing(#/-?\d+\.\d{7,}(?:e[-+]?\d+)?/#) { match in
      Double(match.output).map(rounded) ?? String(match.output)
    }
  }

  static func rounded(_ number: Double) -> String { String(format: "%.9g", number) }

  /// A table's header and first rows, with the number of rows that follow.
  static func table(_ table: CSVTable, rows count: Int = 8) -> String {
    let shown = table.rows.prefix(count).map { row in
      zip(table.columns, row).map { column, field in
        guard !field.isEmpty, columns.contains(column) else { return quoted(rounded(field)) }
        return mark
      }
    }
    let lines = ([table.columns.map(quoted)] + shown).map { $0.joined(separator: ",") }
    let rest = table.rows.count - shown.count
    return (lines + (rest > 0 ? ["… \(rest) more rows"] : [])).joined(separator: "\n")
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
    return "\"\(field.replacing("\"", with: "\"\""))\""
  }
}
