import Text

/// Content of a `.dat` file: blocks that gnuplot selects by `index`.
struct DataFile {
  private(set) var text: String
  private var count = 0

  init(_ title: String) { text = "# \(GnuplotText.oneLine(title))\n" }

  /// Adds a block of rows and returns its index. Pieces are not joined by lines.
  ///
  /// gnuplot does not count empty blocks, so a block without rows gets a row of NaN.
  mutating func block(_ title: String, columns: [String], pieces: [[[Double]]]) -> Int {
    if count > 0 { text += "\n\n" }
    text += "# \(GnuplotText.oneLine(title)): \(columns.joined(separator: " "))\n"
    let filled = pieces.filter { !$0.isEmpty }
    if filled.isEmpty { text += columns.map { _ in "NaN" }.joined(separator: " ") + "\n" }
    for (index, piece) in filled.enumerated() {
      if index > 0 { text += "\n" }
      for row in piece {
        var isFirst = true
        for number in row {
          if !isFirst { text += " " }
          isFirst = false
          text += NumberText.drawn(number)
        }
        text += "\n"
      }
    }
    count += 1
    return count - 1
  }

  mutating func block(_ title: String, columns: [String], rows: [[Double]]) -> Int {
    block(title, columns: columns, pieces: [rows])
  }
}
