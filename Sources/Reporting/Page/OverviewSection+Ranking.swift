import Analysis
import Records
import Text

extension OverviewSection {
  var leaderboard: String {
    guard !board.rows.isEmpty else { return "" }
    let table = HTMLTable(
      caption:
        "Mean rank among the ranked optimizers that ran in a scenario, scaled: 0 is always first, 1 is always last. The 95 % "
        + "intervals, over the scenarios, hold for all rows at once. A shared first rank counts as first; clear: first alone, and tests distinguish it from all others. "
        + "Bold: first, or tested and not distinguishable from the first. Overlapping intervals do not show whether two "
        + "optimizers differ, because both ran on the same scenarios: see the paired tests in ranking_pairs.csv.",
      columns: [
        "optimizer", "mean relative rank", "95 % interval", "times first", "scenarios", "settings",
        "runs", "diverged", "failed",
      ],
      rows: board.rows.map { row in
        [
          .text(row.optimizer, mark: row.isAmongBest ? "best" : nil),
          .number(row.meanRank, text: NumberText.hundredths(row.meanRank)),
          row.interval.map {
            .number(
              $0.lowerBound,
              text:
                "\(NumberText.hundredths($0.lowerBound)) … \(NumberText.hundredths($0.upperBound))")
          } ?? .number(nil),
          .number(
            Double(row.wins),
            text: row.wins == 0 ? "0" : "\(row.wins) (\(row.clearWins) clear)"),
          .number(
            Double(row.scenarios), text: "\(row.scenarios) of \(comparison.scenarios.count)"),
          .text(row.settings.isEmpty ? "not recorded" : row.settings.words),
          .number(Double(row.runs)),
          .number(Double(row.diverged), mark: row.diverged > 0 ? "bad" : nil),
          .number(Double(row.failed), mark: row.failed > 0 ? "bad" : nil),
        ]
      })
    return "<section id=\"leaderboard\"><h2>Leaderboard</h2>\n"
      + "<p class=\"fine\">\(HTMLText.escaped(comparison.takeaway))</p>\n" + table.html
      + comparison.notes.map { "<p class=\"quiet\">\(HTMLText.escaped($0))</p>\n" }.joined()
      + "</section>\n"
  }

  /// Scenarios by optimizers: each cell shows what ranks the optimizer, shaded by rank.
  var matrix: String {
    let optimizers = comparison.optimizers
    let shown = sections.filter { comparison.scenarios.contains($0.digest.scenario.name) }
    guard !optimizers.isEmpty, !shown.isEmpty else { return "" }
    let table = HTMLTable(
      caption:
        "What ranks each optimizer. Darker: better rank among these optimizers; #: rank; bold: first. "
        + comparison.firstsSentence,
      columns: ["scenario", "ranked by"] + optimizers,
      rows: shown.map { section in
        let digest = section.digest
        let scenario = digest.scenario
        let head = HTMLTable.Cell.html(
          "<a href=\"#\(section.anchor)\">\(HTMLText.escaped(scenario.name))</a>")
        let ranks = board.ranks[scenario.name] ?? [:]
        let cells = zip(optimizers, comparison.labels).map { name, label -> HTMLTable.Cell in
          guard let rank = ranks[name],
            let summary = digest.summaries.first(where: { $0.optimizer == label })
          else { return .number(nil) }
          return cell(digest.basis.text(summary, in: scenario), rank: rank, among: ranks)
        }
        return [head, .text(digest.basis.words(in: scenario))] + cells
      })
    return "<section id=\"matrix\"><h2>Results by scenario</h2>\n" + table.html
      + "</section>\n"
  }

  private func cell(
    _ text: String, rank: Double, among ranks: [String: Double]
  ) -> HTMLTable.Cell {
    let share = 1 - (rank - 1) / Double(max(1, ranks.count - 1))
    var cell = HTMLTable.Cell.html(
      "<span class=\"heat\" style=\"--share:\(NumberText.hundredths(share))\">\(HTMLText.escaped(text))"
        + "<small> #\(rank.shortest)</small></span>",
      order: rank)
    cell.isNumber = true
    cell.mark = rank == ranks.values.min() ? "best" : nil
    return cell
  }
}
