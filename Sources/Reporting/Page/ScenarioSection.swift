import Analysis
import Foundation
import Records
import Text

/// Section of a scenario: problem, results, charts and all runs.
struct ScenarioSection {
  let analysis: ScenarioAnalysis
  let result: ScenarioResult
  let summaries: [OptimizerSummary]
  let anchor: String

  var scenario: ScenarioRecord { result.scenario }
  let styles: [String: SeriesStyle]

  init(_ analysis: ScenarioAnalysis) {
    self.analysis = analysis
    result = analysis.result
    anchor = Self.anchor(of: result.scenario)
    summaries = analysis.summaries
    styles = Palette.styles(of: result.scenario.optimizers)
  }

  private static func anchor(of scenario: ScenarioRecord) -> String {
    let plain = scenario.name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
    }
    return plain && !scenario.name.isEmpty
      ? "scenario-\(scenario.name)" : "scenario-x\(String(fnv1a(scenario.name), radix: 16))"
  }

  var content: PageSection.Content {
    PageSection.Content(
      anchor: anchor, top: top, bottom: bottom, failures: failureRows, takeaways: takeaways)
  }

  private var takeaways: [String: String] {
    let charts = ReportPage.pictureNames(of: scenario).compactMap(ChartCatalogue.chart)
    return charts.reduce(into: [:]) { $0[$1.name] = $1.takeaway(analysis) }
  }

  private var top: String {
    var html = "<section class=\"scenario\" id=\"\(anchor)\" aria-labelledby=\"\(anchor)-title\">\n"
    html += "<h2 id=\"\(anchor)-title\">\(HTMLText.escaped(scenario.title))</h2>\n"
    html += "<p class=\"quiet\">\(HTMLText.escaped(subtitle))</p>\n"
    html += changes + verdict
    for paragraph in (scenario.about ?? "").components(separatedBy: "\n\n") where !paragraph.isEmpty
    {
      html += "<p>\(HTMLText.escaped(paragraph))</p>\n"
    }
    html +=
      "<script type=\"application/json\">\(data.text)</script>\n<div class=\"charts\"></div>\n"
    return html
  }

  private var bottom: String {
    var html = ""
    if !summaries.isEmpty {
      html += "<h3>Results</h3>\n" + summaryTable.html
      html += "<details><summary>Hyperparameters and command of each optimizer</summary>\n"
      html += settingsTable.html + "</details>\n"
      html += "<details><summary>All runs</summary>\n" + runsTable.html + "</details>\n"
    }
    html += "<h3>Reproduce</h3>\n<pre>\(HTMLText.escaped(command))</pre>\n"
    return html + "</section>\n"
  }

  /// Name, problem, budget and target.
  private var subtitle: String {
    var parts = [scenario.name, scenario.shownProblem]
    if scenario.kind != .smoothing { parts.append(scenario.shownBudget) }
    if let target = scenario.target {
      parts.append("target: \(target.metric.words) \(target.relation) \(target.value.shortest)")
    }
    let seeds = Set(result.runs.map(\.seed)).count
    if seeds > 1 { parts.append(scenario.replicates(seeds)) }
    return parts.joined(separator: "; ")
  }

  /// A reader of the scenario's file would expect other numbers.
  private var changes: String {
    guard let changes = scenario.changes, !changes.isEmpty else { return "" }
    let codes = changes.map { "<code>\(HTMLText.escaped($0))</code>" }.joined(separator: ", ")
    return "<p class=\"warning\">Changed on the command line: \(codes).</p>\n"
  }

  private var verdict: String {
    var html = ""
    if let best = analysis.best {
      html += "<p class=\"fine\">\(headline(best)) \(HTMLText.escaped(best.sentence(in: scenario)))"
      if let resolution = scenario.resolution {
        html += " \(HTMLText.escaped(resolution.capitalizedFirst))."
      }
      html += "</p>\n"
    }
    let troubles = self.troubles
    if !troubles.isEmpty {
      html += "<p class=\"warning\">\(HTMLText.escaped(troubles.joined(separator: ". "))).</p>\n"
    }
    return html
  }

  /// Who is first, by what.
  private func headline(_ best: BestSet) -> String {
    let firsts = summaries.filter { best.first.contains($0.optimizer) }
    guard let first = firsts.first else { return "" }
    let names = "<strong>\(HTMLText.escaped(best.firstText))</strong>"
    switch analysis.ranking.basis {
    case .evaluations(let goal):
      guard let evaluations = first.evaluationsToSolve else { return "" }
      let end = goal == .target ? "to the target" : "to \(goal.words) of the start's distance"
      return
        "First \(HTMLText.escaped(end)): \(names), after \(HTMLText.escaped(NumberText.plain(evaluations))) evaluations"
        + "\(first.count > 1 ? " (median)" : "")."
    case .metric:
      return
        "First by median \(scenario.rankedBy.words): \(names), \(HTMLText.escaped(value(first.median)))\(quartilesText(firsts))."
    case .nothing: return ""
    }
  }

  /// Quartiles of each of the first; none of many.
  private func quartilesText(_ firsts: [OptimizerSummary]) -> String {
    guard let first = firsts.first, first.count > 1 else { return "" }
    let quartiles = firsts.map {
      "\(value($0.lowerQuartile)) to \(value($0.upperQuartile))"
        + (firsts.count > 1 ? " for \($0.optimizer)" : "")
    }
    let runs = firsts.allSatisfy { $0.count == first.count } ? ", \(first.count) runs each" : ""
    return firsts.count == 1
      ? HTMLText.escaped(" (quartiles \(quartiles[0]), \(first.count) runs)")
      : firsts.count <= 3
        ? HTMLText.escaped(" (quartiles \(quartiles.joined(separator: ", "))\(runs))") : ""
  }

  /// Failures, as sentences without a final period.
  var troubles: [String] {
    var troubles: [String] = []
    let diverged = summaries.filter { $0.diverged > 0 }
    if !diverged.isEmpty {
      troubles.append(
        "Diverged: "
          + diverged.map { "\($0.optimizer) (\($0.diverged) of \($0.count))" }.joined(
            separator: ", "))
    }
    let failed = summaries.filter { $0.failed > 0 }
    if !failed.isEmpty {
      troubles.append(
        "Failed: "
          + failed.map { "\($0.optimizer) (\($0.failed) of \($0.count))" }.joined(separator: ", "))
    }
    let failing = summaries.filter { $0.successRate == 0 }.map(\.optimizer)
    if !failing.isEmpty {
      troubles.append("Target never reached: \(failing.joined(separator: ", "))")
    }
    if result.missing > 0 {
      troubles.append("\(result.missing) of \(scenario.trials.count) runs are missing")
    }
    return troubles
  }

  func value(_ number: Double) -> String { scenario.rankedBy.tableText(number) }

  // MARK: Commands

  /// Old results have no recorded command; the plain one is the most likely then.
  var command: String { scenario.command ?? "bench run \(scenario.name)" }

  func command(for participant: Participant) -> String {
    // The option takes a comma-separated list, so it cannot name a label with a comma.
    let label = participant.label
    guard !label.contains(",") else { return command }
    let isPlain = label.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
    }
    return command + " --optimizers "
      + (isPlain ? label : "'" + label.replacing("'", with: "'\\''") + "'")
  }
}
