import Analysis
import Records
import Statistics
import Text

/// Rank of every optimizer in every scenario; darker is better.
struct RankMapChart: SuiteChart {
  let name = "ranks"
  let summary = "rank of every optimizer in every scenario"

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    let optimizers = comparison.optimizers
    let scenarios = comparison.scenarios
    let ranks = comparison.ranks.ranks
    let canvas = TableCanvas.canvas(rows: scenarios, columns: optimizers)
    var data = DataFile("ranks of optimizers in scenarios")
    let rows = ranks.enumerated().flatMap { row, ranks in
      ranks.enumerated().map { column, rank in [Double(column), Double(row), rank ?? .nan] }
    }
    // gnuplot takes the size of the cells from a complete grid, with NaN where an optimizer did not run.
    let cells = data.block("grid", columns: ["optimizer", "scenario", "rank"], rows: rows)
    let texts = data.block(
      "ranks", columns: ["optimizer", "scenario", "rank"], rows: rows.filter { !$0[2].isNaN })
    var script = canvas.preamble(
      title: "Rank by scenario",
      subtitle:
        "rank by what ranks each scenario; 1 is best, darker is better",
      note: "optimizers by average rank, best on the left"
        + (comparison.isComplete ? "" : "; an empty cell: did not run"))
    script += TableCanvas.axes(rows: scenarios, columns: optimizers)
    script += [
      "set palette defined (0 '#2b5f8f', 0.5 '#a9c3da', 1 '#f7f8f9')",
      "set cbrange [1:\(max(2, optimizers.count))]",
      "unset colorbox",
      "plot 'ranks.dat' index \(cells) using 1:2:3 with image notitle, \\",
      "  '' index \(texts) using 1:2:($3 < \((Double(optimizers.count) * 0.36).shortest) ? sprintf('%g', $3) : '') with labels font 'sans:Bold,17' textcolor '#ffffff' notitle, \\",
      "  '' index \(texts) using 1:2:($3 < \((Double(optimizers.count) * 0.36).shortest) ? '' : sprintf('%g', $3)) with labels font 'sans,17' textcolor '#16191d' notitle",
    ]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text,
      hasCells: true)
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
