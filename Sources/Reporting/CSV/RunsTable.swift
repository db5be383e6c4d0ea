import Analysis
import Records
import Text

/// One row per run. A field that does not apply is empty.
enum RunsTable: CSVTable {
  static let file = "runs.csv"
  static let columns = [
    "scenario", "optimizer", "seed", "status", "diverged_step", "steps", "epochs",
    "loss_evaluations", "gradient_evaluations", "first_loss", "final_loss", "best_loss",
    "train_loss", "train_accuracy", "test_loss", "test_accuracy", "steps_to_target", "parameters",
    "state_bytes", "wall_seconds", "rule", "hyperparameters", "key",
    "variant", "changes",
    "validation_loss", "validation_accuracy", "stop_reason", "restored_epoch", "diagnosis",
    "tuning", "cpu_seconds", "environment", "error", "start",
  ]

  static func write(_ analysis: ScenarioAnalysis, to writer: CSVWriter) throws(ReportError) {
    let participants = Dictionary(
      analysis.scenario.optimizers.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
    var hasRandomStarts = false
    if case .surface(let surface) = analysis.scenario.problem {
      hasRandomStarts = surface.hasRandomStarts
    }
    for (run, outcome) in analysis.allRuns {
      let trial = run.trial
      let participant = participants[run.optimizer]
      let loss = trial.curve(.loss)?.values ?? []
      var fields: [CSVField] = [
        .text(analysis.scenario.name), .text(run.optimizer), .integer(run.seed),
        .text(trial.status.name), .integer(trial.status.divergedStep), .integer(trial.steps),
        .integer(trial.epochs), .integer(trial.lossEvaluations),
        .integer(trial.gradientEvaluations), .number(loss.first), .number(loss.last),
        .number(loss.filter(\.isFinite).min()),
      ]
      for metric in [Metric.trainLoss, .trainAccuracy, .testLoss, .testAccuracy] {
        fields.append(.number(trial.result(of: metric)))
      }
      fields += [
        .integer(outcome.stepsToTarget), .integer(trial.parameters),
        .integer(trial.stateBytes), .number(trial.wallSeconds), .text(participant?.rule ?? ""),
        .text(text(participant?.hyperparameters ?? [:])), .text(trial.key),
        .text(participant?.variant?.label ?? ""), .text(text(participant?.variant?.changes ?? [:])),
        .number(trial.result(of: .validationLoss)), .number(trial.result(of: .validationAccuracy)),
        .text(trial.status.isDone ? trial.stopReason.rawValue : ""), .integer(trial.restoredEpoch),
        .text(outcome.diagnosis?.rawValue ?? ""),
        .text(participant?.tuning ?? ""),
        .number(trial.cpuSeconds), .text(trial.environment?.id ?? ""),
        .text(trial.status.error ?? ""),
        .text(
          hasRandomStarts
            ? trial.start?.map(\.shortest).joined(separator: " ") ?? "" : ""),
      ]
      try writer.row(fields)
    }
  }

  /// `name=value;…`, by name.
  private static func text(_ settings: [String: Setting]) -> String {
    settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
  }
}
