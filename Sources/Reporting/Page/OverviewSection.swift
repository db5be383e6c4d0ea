import Analysis
import Foundation
import Records
import Text

/// The top of the page: leaderboard, results by scenario, and failures.
struct OverviewSection {
  let sections: [PageSection]
  let pictures: [PagePicture]
  let comparison: SuiteComparison
  let board: Leaderboard

  init(_ suite: SuiteAnalysis, sections: [PageSection], pictures: [PagePicture]) {
    self.sections = sections
    self.pictures = pictures
    comparison = suite.comparison
    board = suite.leaderboard
  }

  var html: String {
    contents + leaderboard + matrix + charts + failures
  }

  private var contents: String {
    var html = "<nav aria-label=\"Scenarios\"><h2>Scenarios</h2><ul>\n"
    for section in sections {
      let scenario = section.digest.scenario
      let best = section.digest.best.map { " – best: \($0.text(in: scenario))" } ?? ""
      html +=
        "<li><a href=\"#\(section.anchor)\">\(HTMLText.escaped(scenario.title))</a>"
        + "<span class=\"quiet\">\(HTMLText.escaped(best))</span></li>\n"
    }
    html += "</ul>\n"
    if sections.count > 1, board.rows.isEmpty {
      html +=
        "<p class=\"quiet\">No ranking across scenarios: it needs at least \(RankingDesign.leastScenarios) scenarios "
        + "for each of at least two optimizers.</p>\n"
    }
    return html + "</nav>\n"
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
