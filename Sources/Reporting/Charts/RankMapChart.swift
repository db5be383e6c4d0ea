import Analysis
import Records
import Statistics
import Text

/// Rank of every optimizer in every scenario, shaded by relative rank: where three ran, the third is as light as the seventh of seven.
struct RankMapChart: SuiteChart {
  let name = "ranks"
  let summary = "rank of every optimizer in every scenario"

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    let optimizers = comparison.optimizers
    let scenarios = comparison.scenarios
    let cells = Self.cells(comparison.ranks)
    let canvas = TableCanvas.canvas(rows: scenarios, columns: optimizers)
    var data = DataFile("ranks of optimizers in scenarios")
    let columns = ["optimizer", "scenario", "rank", "relative_rank"]
    // gnuplot takes the size of the cells from a complete grid, with NaN where an optimizer did not run.
    let grid = data.block("grid", columns: columns, rows: cells.map(\.row))
    var layers = ["'ranks.dat' index \(grid) using 1:2:4 with image notitle"]
    let missing = cells.filter { $0.rank == nil }.map(\.row)
    if !missing.isEmpty {
      let block = data.block("did not run", columns: columns, rows: missing)
      layers.append(
        "'ranks.dat' index \(block) using 1:2:(0.5):(0.5) with boxxyerror lc '#b9bec4' "
          + "fillstyle pattern 4 noborder notitle")
    }
    for (isFirst, isDark) in [(true, true), (true, false), (false, true), (false, false)] {
      let own = cells.filter { $0.rank != nil && $0.isFirst == isFirst && $0.isDark == isDark }
      guard !own.isEmpty else { continue }
      let block = data.block(
        "\(isFirst ? "first" : "others") on \(isDark ? "dark" : "light")", columns: columns,
        rows: own.map(\.row))
      layers.append(
        "'ranks.dat' index \(block) using 1:2:(sprintf('%g', $3)) with labels "
          + "font 'sans\(isFirst ? ":Bold" : ""),17' textcolor '\(isDark ? "#ffffff" : "#16191d")' notitle"
      )
    }
    var script = canvas.preamble(
      title: "Rank by scenario",
      subtitle:
        "rank among those that ran, by what ranks each scenario; bold: first; color: from first (dark) to last (light)",
      note: "optimizers by mean relative rank, best on the left"
        + (missing.isEmpty ? "" : "; hatched: did not run"))
    script += TableCanvas.axes(rows: scenarios, columns: optimizers)
    script += [
      "set palette defined (0 '#2b5f8f', 0.5 '#a9c3da', 1 '#eef1f4')",
      "set cbrange [0:1]",
      "unset colorbox",
      "plot \\", "  " + layers.joined(separator: ", \\\n  "),
    ]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text,
      hasCells: true)
  }

  private struct Cell {
    var column: Int
    var line: Int
    /// `nil` where the optimizer did not run.
    var rank: Double?
    var relative: Double?
    /// Whether no optimizer of the scenario has a better rank.
    var isFirst: Bool

    /// Whether its text is white.
    var isDark: Bool { relative.map { $0 < 0.3 } ?? false }
    var row: [Double] { [Double(column), Double(line), rank ?? .nan, relative ?? .nan] }
  }

  /// Row by row.
  private static func cells(_ ranks: RelativeRanks) -> [Cell] {
    zip(ranks.ranks, ranks.relative).enumerated().flatMap { line, row in
      let first = row.0.compactMap(\.self).min()
      return zip(row.0, row.1).enumerated().map { column, pair in
        Cell(
          column: column, line: line, rank: pair.0, relative: pair.1,
          isFirst: pair.0 != nil && pair.0 == first)
      }
    }
  }
}

/// Canvas of a chart that is a table of colored cells, rows from the top.
enum TableCanvas {
  static func canvas(rows: [String], columns: [String]) -> Canvas {
    var canvas = Canvas()
    let longest = rows.map { min($0.count, 28) }.max() ?? 0
    canvas.left = 60 + 15 * longest
    let width = min(170, max(74, 1480 / max(1, columns.count)))
    canvas.right = canvas.left + width * columns.count
    canvas.width = max(1150, canvas.right + 60)
    canvas.top = 215
    canvas.bottom = canvas.top + 62 * rows.count
    canvas.height = canvas.bottom + 50
    return canvas
  }

  static func axes(rows: [String], columns: [String]) -> [String] {
    func tics(_ names: [String], limit: Int) -> String {
      names.enumerated().map {
        "\(GnuplotText.tic(GnuplotText.name($0.element, limit: limit))) \($0.offset)"
      }.joined(separator: ", ")
    }
    return [
      "unset key",
      "set border 0",
      "set xrange [-0.5:\(columns.count - 1).5]",
      "set yrange [\(rows.count - 1).5:-0.5]",
      "unset xtics",
      "set x2range [-0.5:\(columns.count - 1).5]",
      "set x2tics (\(tics(columns, limit: 15))) scale 0 font 'sans,15' textcolor '#111111'",
      "set ytics (\(tics(rows, limit: 28))) scale 0 font 'sans,16' textcolor '#111111'",
    ]
  }
}
