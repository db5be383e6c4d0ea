package import Analysis
package import Records

/// `tuning.csv` and `best_after_trials.csv`: all trials of searches, and the best result after each number of trials.
package struct TuningReport: Sendable {
  package let summaries: [TuningSummary]

  package init(_ records: [TuningRecord]) { summaries = records.map(TuningSummary.init) }

  /// The searches on some scenarios.
  func restricted(to scenarios: Set<String>) -> TuningReport {
    TuningReport(summaries: summaries.filter { scenarios.contains($0.record.scenario) })
  }

  private init(summaries: [TuningSummary]) { self.summaries = summaries }

  static let trialColumns = [
    "scenario", "optimizer", "search", "trial", "round", "seed", "length", "budget_share", "status",
    "diverged_step", "metric", "value", "median", "chosen", "learning_rate", "hyperparameters",
    "rule", "key",
  ]
  static let progressColumns = [
    "scenario", "optimizer", "search", "trials", "cost", "metric", "median", "lower", "upper",
    "band",
  ]

  /// Writes both files into `folder`, or none if there is no search.
  package func writeCSV(to folder: String) throws(ReportError) {
    guard !summaries.isEmpty else { return }
    try makeFolder(folder)
    let trials = try CSVWriter(path: "\(folder)/tuning.csv", columns: Self.trialColumns)
    let progress = try CSVWriter(
      path: "\(folder)/best_after_trials.csv", columns: Self.progressColumns)
    for summary in summaries {
      try Self.write(summary.record, to: trials)
      try Self.writeProgress(summary, to: progress)
    }
    for writer in [trials, progress] { try writer.finish() }
    for writer in [trials, progress] { try writer.checkPlace() }
    for writer in [trials, progress] { try writer.commit() }
  }

  private static func write(_ record: TuningRecord, to writer: CSVWriter) throws(ReportError) {
    for (index, candidate) in record.candidates.enumerated() {
      let rate: CSVField =
        if case .number(let rate)? = candidate.settings["learning_rate"] { .number(rate) } else {
          .empty
        }
      let settings = candidate.settings.sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }.joined(separator: ";")
      for run in candidate.runs {
        try writer.row([
          .text(record.scenario), .text(record.optimizer), .text(record.search),
          .integer(index + 1), .integer(candidate.round + 1), .integer(run.seed),
          .integer(candidate.length),
          .number(Double(candidate.length) / Double(record.length)),
          .text(run.divergedStep == nil ? "finished" : "diverged"), .integer(run.divergedStep),
          .text(record.criterion), .number(run.value), .number(candidate.score),
          .text(record.chosen == index ? "true" : "false"), rate, .text(settings),
          .text(record.rule), .text(run.key),
        ])
      }
    }
  }

  private static func writeProgress(
    _ summary: TuningSummary, to writer: CSVWriter
  ) throws(ReportError) {
    let record = summary.record
    for point in summary.progress {
      try writer.row([
        .text(record.scenario), .text(record.optimizer), .text(record.search),
        .integer(point.trials), .number(point.cost), .text(record.criterion),
        .number(point.median), .number(point.lower), .number(point.upper),
        .text(summary.band.rawValue),
      ])
    }
  }
}
