import Analysis
import Foundation
import Records
import Text

/// A scenario as a section of the page: what was asked, who did how, the charts, and every run.
struct ScenarioSection {
  let result: ScenarioResult
  let summaries: [OptimizerSummary]
  /// For links to it; unique within the page.
  let anchor: String
  /// Charts as pictures, with what to call them; those that the page draws itself are not among them.
  var pictures: [PagePicture] = []

  private var scenario: ScenarioRecord { result.scenario }
  private let styles: [String: SeriesStyle]

  init(_ result: ScenarioResult, anchor: String) {
    self.result = result
    self.anchor = anchor
    summaries = OptimizerSummary.all(of: result)
    styles = Palette.styles(of: result.scenario.optimizers)
  }

  var html: String {
    var html = "<section class=\"scenario\" id=\"\(anchor)\" aria-labelledby=\"\(anchor)-title\">\n"
    html += "<h2 id=\"\(anchor)-title\">\(HTMLText.escaped(scenario.title))</h2>\n"
    html += "<p class=\"quiet\">\(HTMLText.escaped(subtitle))</p>\n"
    html += verdict
    for paragraph in (scenario.about ?? "").components(separatedBy: "\n\n") where !paragraph.isEmpty
    {
      html += "<p>\(HTMLText.escaped(paragraph))</p>\n"
    }
    html +=
      "<script type=\"application/json\">\(data.text)</script>\n<div class=\"charts\"></div>\n"
    if !pictures.isEmpty {
      html += "<div class=\"charts pictures\">\n\(pictures.map(\.html).joined())</div>\n"
    }
    if !summaries.isEmpty {
      html += "<h3>How each optimizer did</h3>\n" + summaryTable.html
      html += "<details><summary>Hyperparameters, and the command for each optimizer</summary>\n"
      html += settingsTable.html + "</details>\n"
      html += "<details><summary>Every run</summary>\n" + runsTable.html + "</details>\n"
    }
    html += "<h3>The same numbers again</h3>\n<pre>\(HTMLText.escaped(command))</pre>\n"
    return html + "</section>\n"
  }

  /// The name, the problem, the budget and what counts as success.
  private var subtitle: String {
    var parts = [scenario.name, scenario.shownProblem]
    if scenario.kind != .smoothing { parts.append(scenario.shownBudget) }
    if let target = scenario.target {
      let sign = target.metric.largerIsBetter ? "≥" : "≤"
      parts.append("target: \(target.metric.words) \(sign) \(target.value.shortest)")
    }
    let seeds = Set(result.runs.map(\.seed)).count
    if seeds > 1 { parts.append("\(seeds) seeds") }
    return parts.joined(separator: "; ")
  }

  private var verdict: String {
    guard let best = summaries.min(by: { $0.rank < $1.rank }) else { return "" }
    let winners = summaries.winners(of: scenario).map(\.optimizer)
    var html = ""
    if scenario.ranksBySteps {
      if let steps = best.medianStepsToTarget, !winners.isEmpty {
        html +=
          "<p class=\"fine\">First at the target: <strong>"
          + HTMLText.escaped(winners.joined(separator: ", "))
          + "</strong>, after \(HTMLText.escaped(NumberText.plain(steps))) steps. The loss has no lowest value, "
          + "so how low it gets says nothing.</p>\n"
      }
    } else if !winners.isEmpty {
      html +=
        "<p class=\"fine\">Best by median \(scenario.rankedBy.words): <strong>"
        + HTMLText.escaped(winners.joined(separator: ", "))
        + "</strong>, \(HTMLText.escaped(value(best.median)))\(intervalText(best)).</p>\n"
    }
    let troubles = self.troubles
    if !troubles.isEmpty {
      html += "<p class=\"warning\">\(HTMLText.escaped(troubles.joined(separator: ". "))).</p>\n"
    }
    return html
  }

  private func intervalText(_ summary: OptimizerSummary) -> String {
    guard summary.count > 1 else { return "" }
    return HTMLText.escaped(
      " (quartiles \(value(summary.lowerQuartile)) to \(value(summary.upperQuartile)), \(summary.count) runs)"
    )
  }

  /// What went wrong, in sentences without a full stop.
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

  private func value(_ number: Double) -> String { scenario.rankedBy.tableText(number) }

  // MARK: Tables

  private var summaryTable: HTMLTable {
    let hasTarget = scenario.target != nil
    var columns = [
      "optimizer", "rank", "median", "quartiles", "mean", "95 % interval", "runs", "diverged",
    ]
    if hasTarget { columns += ["reached target", "steps to target"] }
    let first = summaries.map(\.rank).min()
    return HTMLTable(
      caption: (scenario.ranksBySteps
        ? "Ranked by steps to the target; values are the \(scenario.rankedBy.words) at the end of each run. "
        : "By \(scenario.rankedBy.words) at the end of each run. ")
        + "A diverged or failed run counts as the worst. "
        + "The interval is that of the mean, by bootstrap over the seeds; that of a handful of seeds is too narrow, "
        + "since no resample leaves their range: of three it holds the mean three times in four.",
      columns: columns,
      rows: summaries.sorted { $0.rank < $1.rank }.map { summary in
        var row: [HTMLTable.Cell] = [
          .text(summary.optimizer, mark: summary.rank == first ? "best" : nil),
          .number(summary.rank, text: summary.rank.shortest),
          .number(
            summary.median, text: value(summary.median), mark: summary.median.isFinite ? nil : "bad"
          ),
          summary.count > 1
            ? .number(
              summary.lowerQuartile,
              text: "\(value(summary.lowerQuartile)) … \(value(summary.upperQuartile))")
            : .number(nil),
          .number(summary.mean, text: value(summary.mean)),
          summary.interval.map {
            .number($0.lowerBound, text: "\(value($0.lowerBound)) … \(value($0.upperBound))")
          } ?? .number(nil),
          .number(Double(summary.count)),
          .number(Double(summary.diverged), mark: summary.diverged > 0 ? "bad" : nil),
        ]
        if hasTarget {
          let rate = summary.successRate
          row += [
            .number(
              rate, text: rate.map { "\(Int((100 * $0).rounded())) %" },
              mark: rate == 0 ? "bad" : nil),
            .number(summary.stepsToTarget),
          ]
        }
        return row
      })
  }

  private var settingsTable: HTMLTable {
    HTMLTable(
      caption: "Every hyperparameter with the value used"
        + (scenario.about == nil ? "" : "; the text above says where they come from"),
      columns: ["optimizer", "rule", "hyperparameters", "command"],
      rows: scenario.optimizers.map { participant in
        [
          .text(participant.label), .code(participant.rule),
          .long(
            participant.hyperparameters.sorted { $0.key < $1.key }
              .map { "<code>\(HTMLText.escaped("\($0.key)=\($0.value)"))</code>" }
              .joined(separator: " ")),
          .code(command(for: participant)),
        ]
      })
  }

  /// A page of more rows is no page any more.
  private static let runLimit = 1000

  /// All runs; of too many those that went wrong, and then the first.
  private var shownRuns: [ScenarioResult.Run] {
    guard result.runs.count > Self.runLimit else { return result.runs }
    let wrong = result.runs.filter { !$0.trial.status.isComplete }
    let right = result.runs.filter(\.trial.status.isComplete)
    return Array((wrong + right).prefix(Self.runLimit))
  }

  private var runsTable: HTMLTable {
    let metric = scenario.rankedBy
    let runs = shownRuns
    let more =
      runs.count < result.runs.count
      ? "; the first \(NumberText.grouped(runs.count)) of \(NumberText.grouped(result.runs.count)), what went wrong "
        + "before the rest: all are in csv/runs.csv" : ""
    return HTMLTable(
      caption: "A run is one optimizer with one seed; seeds count from 0\(more)",
      columns: [
        "optimizer", "seed", "ended", metric.words, "steps", "gradient evaluations", "seconds",
        "key",
      ],
      rows: runs.map { run in
        let trial = run.trial
        let last = trial.result(of: metric)
        let ended =
          trial.status.divergedStep.map { "diverged at step \(NumberText.grouped($0))" }
          ?? trial.status.name
        return [
          .text(run.optimizer), .number(Double(run.seed)),
          .text(ended, mark: trial.status.isComplete ? nil : "bad"),
          .number(last, text: last.map(value)), .number(Double(trial.steps)),
          .number(Double(trial.gradientEvaluations)), .number(trial.wallSeconds), .code(trial.key),
        ]
      })
  }

  // MARK: Commands

  /// Results of before the store kept commands have none; the plain one is then the likely one.
  private var command: String { scenario.command ?? "bench run \(scenario.name)" }

  private func command(for participant: Participant) -> String {
    // The option takes a list, so a label with a comma cannot be told to it.
    let label = participant.label
    guard !label.contains(",") else { return command }
    let isPlain = label.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
    }
    return command + " --optimizers "
      + (isPlain ? label : "'" + label.replacing("'", with: "'\\''") + "'")
  }

  // MARK: Data of the charts

  private var data: JSONText {
    let smoothing = scenario.smoothing
    return .object([
      "optimizers": .array(
        smoothing.map { BiasCorrectionChart.styles(of: $0).map(style) }
          ?? scenario.optimizers.compactMap { one in
            styles[one.label].map { style((label: one.label, style: $0)) }
          }),
      "metrics": PageCurves(result).data,
      "surface": PageLandscape.data(result) ?? .null,
      "smoothing": smoothing.map { self.smoothing($0) } ?? .null,
    ])
  }

  private func style(_ one: (label: String, style: SeriesStyle)) -> JSONText {
    .object([
      "label": .text(one.label), "colour": .text(one.style.colour),
      "dark": .text(Palette.colourOnDark(one.style.colour)),
      "shape": .text(one.style.shape.rawValue), "filled": .flag(one.style.isFilled),
      "dash": .numbers(one.style.dash == 1 ? [] : [9, 4]),
    ])
  }

  private func smoothing(_ smoothing: Smoothing) -> JSONText {
    .object([
      "quantity": .text(smoothing.quantity), "firstDay": .text(smoothing.firstDay),
      "values": .numbers(smoothing.values),
      "averages": .array(
        smoothing.averages.map {
          .object(["average": .numbers($0.average), "corrected": .numbers($0.corrected)])
        }),
    ])
  }
}

extension Metric {
  /// As sentences write it.
  var words: String {
    self == .loss ? "loss" : rawValue.replacing("_", with: " ")
  }

  /// A value as tables write it: accuracies in per cent.
  func tableText(_ value: Double) -> String {
    largerIsBetter && value.isFinite ? text(value) : NumberText.plain(value)
  }
}
