/// Layout of the panels of a chart in rows of equal size.
struct PanelGrid {
  let canvas: Canvas
  let columns: Int
  let count: Int
  /// Size of a panel's plot in pixels.
  let size: (width: Int, height: Int)
  private let gap: (horizontal: Int, vertical: Int)
  private let left: Int
  private static let top = 190

  /// - Parameters:
  ///   - gap: Pixels between plots.
  ///   - left: Left edge of the first column's plot.
  ///   - right: Right edge of the last column's plot.
  ///   - height: Height of a panel by its width.
  init(
    count: Int, columns: Int, gap: (horizontal: Int, vertical: Int), left: Int = 100,
    right: Int = 1560, height: (_ width: Int) -> Int
  ) {
    self.count = count
    self.columns = columns
    self.gap = gap
    self.left = left
    let width = (right - left - (columns - 1) * gap.horizontal) / columns
    size = (width, height(width))
    var canvas = Canvas()
    let rows = (count + columns - 1) / columns
    canvas.left = left
    canvas.right = right
    canvas.top = Self.top
    canvas.bottom = Self.top + rows * size.height + (rows - 1) * gap.vertical
    canvas.height = canvas.bottom + 95
    self.canvas = canvas
  }

  func isLowest(_ index: Int) -> Bool { index + columns >= count }
  func isLeftmost(_ index: Int) -> Bool { index.isMultiple(of: columns) }

  /// Edges of a panel and the title above it.
  func frame(_ index: Int, text: String, letters: Int = 16) -> [String] {
    let (row, column) = (index / columns, index % columns)
    let left = left + column * (size.width + gap.horizontal)
    let top = Self.top + row * (size.height + gap.vertical)
    return [
      "set lmargin at screen \(canvas.horizontal(left))",
      "set rmargin at screen \(canvas.horizontal(left + size.width))",
      "set tmargin at screen \(canvas.vertical(top))",
      "set bmargin at screen \(canvas.vertical(top + size.height))",
      "set label 9 \(GnuplotText.quoted(text)) at screen \(canvas.horizontal(left)),"
        + "\(canvas.vertical(top - 20)) left font 'sans,\(letters)' textcolor '#111111'",
    ]
  }
}
