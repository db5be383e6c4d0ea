import Analysis
import Records
import Statistics

/// Scenarios that each optimizer won, tied and lost against each other one.
struct DuelsChart: SuiteChart {
  let name = "duels"
  let summary = "wins, ties and losses of every optimizer against every other one"

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    let optimizers = comparison.optimizers
    let matrix = comparison.winTieLoss
    let canvas = TableCanvas.canvas(rows: optimizers, columns: optimizers)
    var data = DataFile("wins, ties and losses of rows against columns")
    var rows: [[Double]] = []
    for (row, scores) in matrix.enumerated() {
      for (column, score) in scores.enumerated() where row != column {
        let total = Double(max(1, score.wins + score.ties + score.losses))
        rows.append([
          Double(column), Double(row), Double(score.wins - score.losses) / total,
          Double(score.wins), Double(score.ties), Double(score.losses),
        ])
      }
    }
    let cells = data.block(
      "duels", columns: ["other", "optimizer", "balance", "wins", "ties", "losses"], rows: rows)
    var script = canvas.preamble(
      title: "Wins, ties and losses",
      subtitle:
        "row against column: wins – ties – losses; a win is a better rank in a scenario that both ran in",
      note: comparison.scope)
    script += TableCanvas.axes(rows: optimizers, columns: optimizers)
    script += [
      // Darker from losses to wins, so that they differ in print without colors.
      "set palette defined (-1 '#ffe9cc', 0 '#cdd5da', 1 '#3f85bf')",
      "set cbrange [-1:1]",
      "unset colorbox",
      "set style fill solid noborder",
      "plot 'duels.dat' index \(cells) using 1:2:(0.5):(0.5):3 with boxxyerror lc palette notitle, \\",
      "  '' index \(cells) using 1:2:(sprintf('%d – %d – %d', $4, $5, $6)) with labels font 'sans,16' textcolor '#111111' notitle",
    ]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }
}
