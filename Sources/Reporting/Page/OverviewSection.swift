import Foundation
import Records

/// The top of the page: the leaderboard, who won where, and what went wrong.
struct OverviewSection {
  let sections: [ScenarioSection]
  let pictures: [PagePicture]

  /// Those in which all of the optimizers compared took part; variants of one rule are no competitors.
  private let compared: [ScenarioSection]
  private let comparison: SuiteComparison

  init(sections: [ScenarioSection], pictures: [PagePicture] = []) {
    self.sections = sections
    self.pictures = pictures
    let comparison = SuiteComparison(sections.compactMap { ScenarioStanding(of: $0.result) })
    self.comparison = comparison
    compared = sections.filter { comparison.scenarios.contains($0.result.scenario.name) }
  }

  var html: String {
    contents + leaderboard + matrix + charts + failures
  }

  private var contents: String {
    var html = "<nav aria-label=\"Scenarios\"><h2>Scenarios</h2><ul>\n"
    for section in sections {
      let winners = section.summaries.filter { $0.rank == 1 && $0.median.isFinite }.map(\.optimizer)
      let best = winners.isEmpty ? "" : " – \(winners.joined(separator: ", "))"
      html +=
        "<li><a href=\"#\(section.anchor)\">\(HTMLText.escaped(section.result.scenario.title))</a>"
        + "<span class=\"quiet\">\(HTMLText.escaped(best))</span></li>\n"
    }
    return html + "</ul></nav>\n"
  }

  // MARK: Leaderboard

  private var board: Leaderboard {
    Leaderboard(
      compared.map { $0.summaries.filter { comparison.optimizers.contains($0.optimizer) } })
  }

  private var leaderboard: String {
    let board = board
    guard !board.rows.isEmpty else { return "" }
    let table = HTMLTable(
      caption:
        "Place: 0 is always first, 1 always last. The interval is that of the mean place, by bootstrap over "
        + "the scenarios: where two overlap, these scenarios do not tell the two apart.",
      columns: [
        "optimizer", "mean place", "95 % interval", "first in", "scenarios", "runs", "diverged",
      ],
      rows: board.rows.map { row in
        [
          .text(row.optimizer), .number(row.meanPlace, text: NumberText.hundredths(row.meanPlace)),
          row.interval.map {
            .number(
              $0.lowerBound,
              text:
                "\(NumberText.hundredths($0.lowerBound)) … \(NumberText.hundredths($0.upperBound))")
          } ?? .number(nil),
          .number(Double(row.wins)), .number(Double(row.scenarios)), .number(Double(row.runs)),
          .number(Double(row.diverged), mark: row.diverged > 0 ? "bad" : nil),
        ]
      })
    var html = "<section id=\"leaderboard\"><h2>Leaderboard</h2>\n" + table.html
    if !comparison.others.isEmpty {
      // Variants are many, each in its own scenario's table; a few optimizers are worth their names.
      let others = comparison.others
      let names =
        others.count > 12 ? "\(others.count), see their scenarios" : others.joined(separator: ", ")
      html +=
        "<p class=\"quiet\">In too few scenarios to be listed: \(HTMLText.escaped(names)).</p>\n"
    }
    return html + "</section>\n"
  }

  /// Scenarios by optimizers: each cell its value, shaded by its rank.
  private var matrix: String {
    let labels = board.rows.map(\.optimizer)
    let shown = compared.filter { section in
      section.summaries.contains { labels.contains($0.optimizer) }
    }
    guard labels.count > 1, shown.count > 1 else { return "" }
    let table = HTMLTable(
      caption:
        "Median at the end of the budget; the better the rank within the scenario, the darker; bold: first",
      columns: ["scenario", "by"] + labels,
      rows: shown.map { section in
        let scenario = section.result.scenario
        let head = HTMLTable.Cell.html(
          "<a href=\"#\(section.anchor)\">\(HTMLText.escaped(scenario.name))</a>")
        return [head, .text(scenario.rankedBy.words)]
          + labels.map { label in
            guard let one = section.summaries.first(where: { $0.optimizer == label }) else {
              return .number(nil)
            }
            let text = HTMLText.escaped(scenario.rankedBy.tableText(one.median))
            let share = 1 - (one.rank - 1) / Double(max(1, section.summaries.count - 1))
            var cell = HTMLTable.Cell.html(
              "<span class=\"heat\" style=\"--share:\(NumberText.hundredths(share))\">\(text)<small> #\(one.rank.shortest)</small></span>",
              order: one.rank)
            cell.isNumber = true
            cell.mark = one.rank == 1 ? "best" : nil
            return cell
          }
      })
    return "<section id=\"matrix\"><h2>Every optimizer in every scenario</h2>\n" + table.html
      + "</section>\n"
  }

  private var charts: String {
    guard !pictures.isEmpty else { return "" }
    return
      "<section id=\"comparison\"><h2>All scenarios together</h2>\n<div class=\"charts pictures\">\n"
      + pictures.map(\.html).joined() + "</div>\n</section>\n"
  }

  // MARK: Failures

  private var failures: String {
    var rows: [[HTMLTable.Cell]] = []
    for section in sections {
      let result = section.result
      let head = HTMLTable.Cell.html(
        "<a href=\"#\(section.anchor)\">\(HTMLText.escaped(result.scenario.name))</a>")
      for run in result.runs {
        guard let step = run.trial.status.divergedStep else { continue }
        rows.append([
          head, .text(run.optimizer), .number(Double(run.seed)), .text("diverged", mark: "bad"),
          .text("at step \(NumberText.grouped(step))"),
        ])
      }
      let present = Set(result.runs.map { "\($0.seed) \($0.optimizer)" })
      for trial in result.scenario.trials
      where !present.contains("\(trial.seed) \(trial.optimizer)") {
        rows.append([
          head, .text(trial.optimizer), .number(Double(trial.seed)), .text("missing", mark: "bad"),
          .text("not run yet"),
        ])
      }
      let short = section.summaries.filter { $0.successRate == 0 }
      if !short.isEmpty {
        rows.append([
          head, .long(HTMLText.escaped(short.map(\.optimizer).joined(separator: ", "))),
          .text("all"), .text("short of the target"),
          .text(
            "medians from \(result.scenario.rankedBy.tableText(short.map(\.median).min() ?? .nan)) "
              + "to \(result.scenario.rankedBy.tableText(short.map(\.median).max() ?? .nan))"),
        ])
      }
    }
    let table = HTMLTable(
      caption:
        "Runs that diverged or are missing, and optimizers that never reached a scenario's target",
      columns: ["scenario", "optimizer", "seed", "what", "details"], rows: rows)
    return "<section id=\"failures\"><h2>Failures</h2>\n"
      + (rows.isEmpty
        ? "<p class=\"fine\">No run diverged, none is missing, and every target was reached.</p>\n"
        : table.html) + "</section>\n"
  }
}

extension NumberText {
  /// Two decimals.
  static func hundredths(_ number: Double) -> String { String(format: "%.2f", number) }
}
