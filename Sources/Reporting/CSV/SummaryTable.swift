import Analysis
import Records

/// One row per scenario and optimizer: see ``OptimizerSummary``.
enum SummaryTable: CSVTable {
  static let file = "summary.csv"
  static let columns = [
    "scenario", "optimizer", "metric", "n", "diverged", "median", "lower_quartile",
    "upper_quartile", "mean", "ci_low", "ci_high", "rank", "steps_to_target", "success_rate",
    "failed", "median_steps_to_target", "seconds_to_target", "expected_steps_to_target",
    "median_ci_low", "median_ci_high",
    "ranked_by", "median_evaluations", "solved_rate", "among_best", "settings",
    "expected_steps_low", "expected_steps_high", "diagnosis",
  ]

  static func write(_ analysis: ScenarioAnalysis, to writer: CSVWriter) throws(ReportError) {
    let best = analysis.best
    let basis = analysis.ranking.basis.name(in: analysis.scenario)
    for summary in analysis.summaries {
      try writer.row([
        .text(analysis.scenario.name), .text(summary.optimizer), .text(summary.metric.rawValue),
        .integer(summary.count), .integer(summary.diverged), .number(summary.median),
        .number(summary.lowerQuartile), .number(summary.upperQuartile), .number(summary.mean),
        .number(summary.interval?.lowerBound), .number(summary.interval?.upperBound),
        .number(summary.rank), .number(summary.stepsToTarget), .number(summary.successRate),
        .integer(summary.failed), .number(summary.medianStepsToTarget),
        .number(summary.secondsToTarget), .number(summary.expectedSteps),
        .number(summary.medianInterval?.lowerBound), .number(summary.medianInterval?.upperBound),
        .text(basis),
        .number(summary.evaluationsToSolve), .number(summary.solvedRate),
        .flag(best?.contains(summary.optimizer)), .text(summary.settings?.rawValue ?? ""),
        .number(summary.expectedStepsInterval?.lowerBound),
        .number(summary.expectedStepsInterval?.upperBound),
        .text(analysis.diagnosis(of: summary.optimizer).agreed?.rawValue ?? ""),
      ])
    }
  }
}
