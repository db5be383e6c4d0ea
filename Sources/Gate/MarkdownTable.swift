/// A table whose cells stay cells whatever they hold.
struct MarkdownTable {
  var columns: [String]
  var rows: [[String]]

  var text: String {
    let lines = [columns, columns.map { _ in "---" }] + rows.map { $0.map(Self.cell) }
    return lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }

  private static func cell(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("\n", with: " ")
      .replacing("<", with: "&lt;")
  }
}
