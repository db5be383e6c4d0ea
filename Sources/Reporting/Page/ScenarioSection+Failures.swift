import Analysis
import Records
import Statistics
import Text

extension ScenarioSection {
  /// How far an optimizer was from the target at the end: `median validation accuracy 93.10 %, target ≥ 95.00 %`.
  private func shortfall(_ optimizer: String, _ target: Target) -> String {
    let ends = result.runs.filter { $0.optimizer == optimizer }
      .map { $0.trial.outcome(of: target.metric) }
    let median = Statistics.median(of: ends)
    let end =
      median.isFinite
      ? "median \(target.metric.words) \(target.metric.tableText(median)) at the end"
      : "most runs diverged or failed"
    return "\(end); target \(target.relation) \(target.metric.tableText(target.value))"
  }

  /// Rows of runs per scenario at most.
  private static let failureLimit = 200

  /// Rows of the table of runs that failed, diverged or are missing, and of optimizers that did not reach the target.
  var failureRows: [[HTMLTable.Cell]] {
    let head = HTMLTable.Cell.html(
      "<a href=\"#\(anchor)\">\(HTMLText.escaped(result.scenario.name))</a>")
    var own: [[HTMLTable.Cell]] = []
    let words = RunWords(analysis)
    for run in result.runs {
      guard let why = words.failure(run) else { continue }
      own.append([
        head, .text(run.optimizer), .number(Double(run.seed)),
        .text(run.trial.status.name, mark: "bad"), .long(HTMLText.escaped(why)),
      ])
    }
    let present = Set(result.runs.map { "\($0.seed) \($0.optimizer)" })
    for trial in result.scenario.trials
    where !present.contains("\(trial.seed) \(trial.optimizer)") {
      own.append([
        head, .text(trial.optimizer), .number(Double(trial.seed)), .text("missing", mark: "bad"),
        .text("not run yet"),
      ])
    }
    var rows = Array(own.prefix(Self.failureLimit))
    if own.count > Self.failureLimit {
      rows.append([
        head, .text("…"), .text("…"), .text("…", mark: "bad"),
        .text("\(NumberText.grouped(own.count - Self.failureLimit)) more; see csv/runs.csv"),
      ])
    }
    if let target = scenario.target {
      rows += summaries.filter { $0.successRate == 0 }.map { summary in
        [
          head, .text(summary.optimizer), .text("all"), .text("target not reached"),
          .long(HTMLText.escaped(shortfall(summary.optimizer, target))),
        ]
      }
    }
    return rows
  }
}
