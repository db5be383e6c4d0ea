import Analysis
import Foundation
import Records
import Text

/// The top of the page: leaderboard, results by scenario, and failures.
struct OverviewSection {
  let sections: [PageSection]
  let pictures: [PagePicture]

  /// Scenarios that all compared optimizers ran on; variants of one optimizer are not compared.
  private let compared: [PageSection]
  private let comparison: SuiteComparison
  private let board: Leaderboard

  init(_ suite: SuiteAnalysis, sections: [PageSection], pictures: [PagePicture]) {
    self.sections = sections
    self.pictures = pictures
    comparison = suite.comparison
    board = suite.leaderboard
    compared = sections.filter {
      suite.comparison.scenarios.contains($0.digest.scenario.name)
    }
  }

  var html: String {
    contents + leaderboard + matrix + charts + failures
  }

  private var contents: String {
    var html = "<nav aria-label=\"Scenarios\"><h2>Scenarios</h2><ul>\n"
    for section in sections {
      let winners = section.digest.winners.map(\.optimizer)
      let best = winners.isEmpty ? "" : " – best: \(winners.joined(separator: ", "))"
      html +=
        "<li><a href=\"#\(section.anchor)\">\(HTMLText.escaped(section.digest.scenario.title))</a>"
        + "<span class=\"quiet\">\(HTMLText.escaped(best))</span></li>\n"
    }
    return html + "</ul></nav>\n"
  }

  // MARK: Leaderboard

  private var leaderboard: String {
    guard !board.rows.isEmpty else { return "" }
    let table = HTMLTable(
      caption:
        "Mean rank among these optimizers, scaled: 0 is always first, 1 is always last. The interval is a bootstrap interval "
        + "over the scenarios; a shared first rank counts as first. Overlapping intervals do not show whether two optimizers differ, "
        + "because both ran on the same scenarios: see the critical difference below and the paired tests in ranking_pairs.csv.",
      columns: [
        "optimizer", "mean relative rank", "95 % interval", "times first", "scenarios", "runs",
        "diverged", "failed",
      ],
      rows: board.rows.map { row in
        [
          .text(row.optimizer), .number(row.meanRank, text: NumberText.hundredths(row.meanRank)),
          row.interval.map {
            .number(
              $0.lowerBound,
              text:
                "\(NumberText.hundredths($0.lowerBound)) … \(NumberText.hundredths($0.upperBound))")
          } ?? .number(nil),
          .number(Double(row.wins)), .number(Double(row.scenarios)), .number(Double(row.runs)),
          .number(Double(row.diverged), mark: row.diverged > 0 ? "bad" : nil),
          .number(Double(row.failed), mark: row.failed > 0 ? "bad" : nil),
        ]
      })
    var html = "<section id=\"leaderboard\"><h2>Leaderboard</h2>\n" + table.html
    if !comparison.others.isEmpty {
      // Variants are many, and each is in the table of its scenario: only a few are named.
      let others = comparison.others
      let text =
        others.count > 12
        ? "\(others.count) more optimizers and variants ran in too few common scenarios to be ranked; see their own sections."
        : "Not ranked, because in too few common scenarios: \(others.joined(separator: ", "))."
      html += "<p class=\"quiet\">\(HTMLText.escaped(text))</p>\n"
    }
    if let warning = comparison.reach?.warning("scenarios") {
      html += "<p class=\"quiet\">\(HTMLText.escaped(warning))</p>\n"
    }
    return html + "</section>\n"
  }

  /// Scenarios by optimizers: each cell shows the value, shaded by rank.
  private var matrix: String {
    let labels = board.rows.map(\.optimizer)
    let shown = compared.filter { section in
      section.digest.summaries.contains { labels.contains($0.optimizer) }
    }
    guard labels.count > 1, shown.count > 1 else { return "" }
    let table = HTMLTable(
      caption:
        "Median at the end of the budget. Darker: better rank among these optimizers; #: rank; bold: first",
      columns: ["scenario", "metric"] + labels,
      rows: shown.map { section in
        let scenario = section.digest.scenario
        let head = HTMLTable.Cell.html(
          "<a href=\"#\(section.anchor)\">\(HTMLText.escaped(scenario.name))</a>")
        let ranks = board.ranks[scenario.name] ?? [:]
        return [head, .text(scenario.ranksBySteps ? "steps to target" : scenario.rankedBy.words)]
          + labels.map { label in
            guard let one = section.digest.summaries.first(where: { $0.optimizer == label }),
              let rank = ranks[label]
            else { return .number(nil) }
            let text = HTMLText.escaped(
              scenario.ranksBySteps
                ? NumberText.plain(one.medianStepsToTarget ?? .infinity)
                : scenario.rankedBy.tableText(one.median))
            let share = 1 - (rank - 1) / Double(max(1, labels.count - 1))
            var cell = HTMLTable.Cell.html(
              "<span class=\"heat\" style=\"--share:\(NumberText.hundredths(share))\">\(text)<small> #\(rank.shortest)</small></span>",
              order: rank)
            cell.isNumber = true
            cell.mark = rank == ranks.values.min() ? "best" : nil
            return cell
          }
      })
    return "<section id=\"matrix\"><h2>Results by scenario</h2>\n" + table.html
      + "</section>\n"
  }

  private var charts: String {
    guard !pictures.isEmpty else { return "" }
    return
      "<section id=\"comparison\"><h2>Across scenarios</h2>\n<div class=\"charts pictures\">\n"
      + pictures.map(\.html).joined() + "</div>\n</section>\n"
  }

  // MARK: Failures

  private var failures: String {
    let rows = sections.flatMap(\.failures)
    let table = HTMLTable(
      caption:
        "Runs that failed, diverged or are missing, and optimizers that never reached the target of a scenario",
      columns: ["scenario", "optimizer", "seed", "problem", "details"], rows: rows)
    return "<section id=\"failures\"><h2>Failures</h2>\n"
      + (rows.isEmpty
        ? "<p class=\"fine\">No run failed, diverged or is missing, and every target was reached.</p>\n"
        : table.html) + "</section>\n"
  }
}

extension NumberText {
  /// Two decimals.
  static func hundredths(_ number: Double) -> String { String(format: "%.2f", number) }
}
