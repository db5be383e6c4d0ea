import Analysis
import Records
import Text

extension ScenarioSection {
  var summaryTable: HTMLTable {
    let hasTarget = scenario.target != nil
    var columns = [
      "optimizer", "rank", "median", "quartiles", "mean", "95 % interval", "runs", "diverged",
    ]
    if hasTarget { columns += ["reached target", "steps to target"] }
    let first = summaries.map(\.rank).min()
    return HTMLTable(
      caption: (scenario.ranksBySteps
        ? "Ranked by steps to the target; values are the \(scenario.rankedBy.words) at the end of each run. "
        : "Ranked by median \(scenario.rankedBy.words) at the end of each run. ")
        + "A diverged or failed run counts as the worst. The interval is one of the mean.",
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

  var settingsTable: HTMLTable {
    HTMLTable(
      caption: "All hyperparameters with the values used"
        + (scenario.about == nil ? "" : "; see the text above for how they were chosen"),
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

  /// More rows would make the page slow.
  private static let runLimit = 1000

  /// All runs; where there are too many, those that went wrong and then the first.
  private var shownRuns: [(run: ScenarioResult.Run, outcome: TrialOutcome)] {
    let runs = zip(result.runs, analysis.outcomes).map { (run: $0, outcome: $1) }
    guard runs.count > Self.runLimit else { return runs }
    let wrong = runs.filter { !$0.run.trial.status.isComplete }
    let right = runs.filter(\.run.trial.status.isComplete)
    return Array((wrong + right).prefix(Self.runLimit))
  }

  var runsTable: HTMLTable {
    let metric = scenario.rankedBy
    let runs = shownRuns
    let words = RunWords(analysis)
    let sentences = runs.map { words.diagnosis($0.run, $0.outcome.diagnosis) }
    let hasSentences = sentences.contains { $0 != nil }
    let more =
      runs.count < result.runs.count
      ? "; \(NumberText.grouped(runs.count)) of \(NumberText.grouped(result.runs.count)) are shown, failures "
        + "first; csv/runs.csv has all" : ""
    return HTMLTable(
      caption: "A run is one optimizer with one seed; seeds count from 0\(more)",
      columns: [
        "optimizer", "seed", "status", metric.words, "steps", "gradient evaluations", "seconds",
        "content key",
      ] + (hasSentences ? ["diagnosis"] : []),
      rows: zip(runs, sentences).map { shown, sentence in
        let run = shown.run
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
        ] + (hasSentences ? [.long(HTMLText.escaped(sentence ?? "–"))] : [])
      })
  }
}
