import Analysis
import Records
import Text

extension ScenarioSection {
  /// The medians of several optimizers; those that are not finite come from runs that diverged or failed.
  private static func span(_ medians: [Double], of metric: Metric) -> String {
    let finite = medians.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      return "most runs diverged or failed"
    }
    let (low, high) = (metric.tableText(least), metric.tableText(greatest))
    return (finite.count < medians.count ? "diverged or failed; otherwise " : "")
      + "median \(metric.words) \(low == high ? low : "\(low) to \(high)")"
  }

  /// Rows per scenario at most.
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
    let short = summaries.filter { $0.successRate == 0 }
    if !short.isEmpty {
      rows.append([
        head, .long(HTMLText.escaped(short.map(\.optimizer).joined(separator: ", "))),
        .text("all"), .text("target not reached"),
        .long(HTMLText.escaped(Self.span(short.map(\.median), of: result.scenario.rankedBy))),
      ])
    }
    return rows
  }
}
