import Analysis
import Records

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
    "tuning", "cpu_seconds", "environment", "error",
  ]

  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError) {
    let participants = Dictionary(
      result.scenario.optimizers.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
    for run in result.allRuns {
      let trial = run.trial
      let participant = participants[run.optimizer]
      let loss = trial.curve(.loss)?.values ?? []
      var fields: [CSVField] = [
        .text(result.scenario.name), .text(run.optimizer), .integer(run.seed),
        .text(trial.status.name), .integer(trial.status.divergedStep), .integer(trial.steps),
        .integer(trial.epochs), .integer(trial.lossEvaluations),
        .integer(trial.gradientEvaluations), .number(loss.first), .number(loss.last),
        .number(loss.filter(\.isFinite).min()),
      ]
      for metric in [Metric.trainLoss, .trainAccuracy, .testLoss, .testAccuracy] {
        fields.append(.number(trial.result(of: metric)))
      }
      fields += [
        .integer(result.scenario.target.flatMap(trial.steps(to:))), .integer(trial.parameters),
        .integer(trial.stateBytes), .number(trial.wallSeconds), .text(participant?.rule ?? ""),
        .text(text(participant?.hyperparameters ?? [:])), .text(trial.key),
        .text(participant?.variant?.label ?? ""), .text(text(participant?.variant?.changes ?? [:])),
        .number(trial.result(of: .validationLoss)), .number(trial.result(of: .validationAccuracy)),
        .text(trial.status.isDone ? trial.stopReason.rawValue : ""), .integer(trial.restoredEpoch),
        .text(Diagnosis(of: trial)?.rawValue ?? ""),
        .text(participant?.tuning ?? ""),
        .number(trial.cpuSeconds), .text(trial.environment?.id ?? ""),
        .text(trial.status.error ?? ""),
      ]
      try writer.row(fields)
    }
  }

  /// `name=value;…`, by name.
  private static func text(_ settings: [String: Setting]) -> String {
    settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
  }
}

extension ScenarioResult {
  /// All runs, including interrupted ones, in the order of the scenario's trials.
  fileprivate var allRuns: [Run] {
    guard !interrupted.isEmpty else { return runs }
    let places = Dictionary(
      scenario.trials.enumerated().map { ("\($1.optimizer)\n\($1.seed)", $0) },
      uniquingKeysWith: { first, _ in first })
    func place(_ run: Run) -> Int { places["\(run.optimizer)\n\(run.seed)"] ?? .max }
    return (runs + interrupted).sorted { place($0) < place($1) }
  }
}
