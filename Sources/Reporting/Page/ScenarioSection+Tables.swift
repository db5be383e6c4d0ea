import Analysis
import Records
import Text

extension ScenarioSection {
  var summaryTable: HTMLTable {
    let basis = analysis.ranking.basis
    var columns = ["optimizer", "rank"]
    if case .evaluations(let goal) = basis {
      columns += ["evaluations to \(goal.words)", "solved"]
    }
    columns += ["median (quartiles)", "mean (95 % interval)"]
    if hasUnlikeCounts { columns.append("runs") }
    if hasDiverged { columns.append("diverged") }
    if scenario.target != nil { columns += ["reached target", "steps to target"] }
    if hasExpectation { columns.append("expected steps to target (95 % interval)") }
    columns.append("settings")
    return HTMLTable(
      caption: basis.sentence(in: scenario)
        + boldSentence
        + "Median, quartiles and mean are of the \(scenario.rankedBy.words) at the end of each run. "
        + "A diverged or failed run counts as the worst. The interval is one of the mean."
        + (hasCheapDivergence
          ? " Expected steps: steps of all runs, up to the target or to their end, per success; a diverged run counts only the steps until it diverged."
          : ""),
      columns: columns,
      rows: summaries.sorted { $0.rank < $1.rank }.map { row(of: $0, analysis.best) })
  }

  private func row(of summary: OptimizerSummary, _ best: BestSet?) -> [HTMLTable.Cell] {
    let isBest = best?.named.contains(summary.optimizer) ?? false
    var row: [HTMLTable.Cell] = [
      .text(summary.optimizer, mark: isBest ? "best" : nil),
      .number(summary.rank, text: summary.rank.shortest),
    ]
    if case .evaluations = analysis.ranking.basis {
      row += [
        .number(
          summary.evaluationsToSolve,
          text: analysis.ranking.basis.text(summary, in: scenario)),
        percent(summary.solvedRate),
      ]
    }
    row += [
      .number(
        summary.median, text: value(summary.median),
        range: summary.count > 1
          ? "\(value(summary.lowerQuartile)) … \(value(summary.upperQuartile))" : nil,
        mark: summary.median.isFinite ? nil : "bad"),
      // With a run that counts as the worst, there is no mean.
      summary.mean.isFinite
        ? .number(
          summary.mean, text: value(summary.mean),
          range: summary.interval.map { "\(value($0.lowerBound)) … \(value($0.upperBound))" })
        : .number(nil),
    ]
    if hasUnlikeCounts { row.append(.number(Double(summary.count))) }
    if hasDiverged {
      row.append(.number(Double(summary.diverged), mark: summary.diverged > 0 ? "bad" : nil))
    }
    if scenario.target != nil {
      row += [percent(summary.successRate), .number(summary.stepsToTarget)]
    }
    if hasExpectation { row.append(expectation(of: summary)) }
    row.append(.text(summary.settings?.rawValue ?? "not recorded"))
    return row
  }

  private func percent(_ rate: Double?) -> HTMLTable.Cell {
    .number(
      rate, text: rate.map { "\(Int(clamped: (100 * $0).rounded(), to: 100)) %" },
      mark: rate == 0 ? "bad" : nil)
  }

  /// What bold names mean; empty where nothing is bold.
  private var boldSentence: String {
    guard let best = analysis.best, !best.named.isEmpty else { return " " }
    if case .tests = best.evidence {
      return " Bold: first, or not distinguishable from the first. "
    }
    return " Bold: first. "
  }

  /// Whether a run that diverged before the target costs less than one that goes on.
  private var hasCheapDivergence: Bool { hasExpectation && summaries.contains { $0.diverged > 0 } }

  /// Whether some optimizer has runs enough for an interval of its expected running time.
  private var hasExpectation: Bool { summaries.contains { $0.expectedStepsInterval != nil } }

  /// Whether the optimizers have different numbers of runs; otherwise the section's first line has it.
  private var hasUnlikeCounts: Bool { Set(summaries.map(\.count)).count > 1 }
  private var hasDiverged: Bool { summaries.contains { $0.diverged > 0 } }

  /// Expected running time with its interval.
  private func expectation(of summary: OptimizerSummary) -> HTMLTable.Cell {
    guard let steps = summary.expectedSteps else { return .number(nil) }
    let range = summary.expectedStepsInterval.map {
      "\(NumberText.plain($0.lowerBound)) … \(NumberText.plain($0.upperBound))"
    }
    return .number(steps, range: range)
  }

  var settingsTable: HTMLTable {
    HTMLTable(
      caption: "All hyperparameters with the values used"
        + (scenario.about == nil ? "" : "; see the text above for how they were chosen"),
      columns: ["optimizer", "rule", "settings", "hyperparameters", "command"],
      rows: scenario.optimizers.map { participant in
        [
          .text(participant.label), .code(participant.rule),
          .text(participant.tuning ?? participant.settingsKind?.rawValue ?? "not recorded"),
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
