import Analysis
import Records
import Reporting
import TestSupport
import Testing
import Text

@Suite struct DiagnosisTests {
  /// From 1 to `level` in ten epochs, then by `change` in the last six of sixteen, which are the window.
  private func losses(_ level: Double, change: Double) -> [Double] {
    (0...9).map { 1 + (level - 1) * Double($0) / 9 }
      + (1...6).map { level + change * Double($0) / 6 }
  }

  private static let falling = -0.1
  private static let rising = 0.1

  @Test(arguments: [
    (falling, falling, Diagnosis.stillLearning), (falling, 0, .overfitting),
    (falling, rising, .overfitting), (0, falling, .suspiciousData), (0, 0, .converged),
    (0, rising, .overfitting), (rising, falling, .suspiciousData), (rising, 0, .badConfiguration),
    (rising, rising, .badConfiguration),
  ])
  func `the table of both losses' trends`(
    training: Double, validation: Double, expected: Diagnosis
  ) {
    #expect(
      Diagnosis(
        training: losses(0.4, change: training), validation: losses(0.6, change: validation))
        == expected)
  }

  @Test func `a flat validation loss below the training loss is no overfitting`() {
    #expect(
      Diagnosis(training: losses(0.6, change: -0.1), validation: losses(0.2, change: 0))
        == .stillLearning)
  }

  @Test func `without validation the training loss alone decides`() {
    for (change, expected) in [
      (-0.1, Diagnosis.stillLearning), (0, .converged), (0.1, .badConfiguration),
    ] { #expect(Diagnosis(training: losses(0.4, change: change), validation: nil) == expected) }
  }

  /// The window is the last six values, level + change·i/6: a change of 5/6 of it, about a mean of level + change·3.5/6. Of a level
  /// of 0.4, it is 2 % where 5/6·c = 0.02·(0.4 − c·3.5/6), at c = 0.009467.
  @Test func `a change of less than a fiftieth is flat`() {
    #expect(Diagnosis(training: losses(0.4, change: -0.0094), validation: nil) == .converged)
    #expect(Diagnosis(training: losses(0.4, change: -0.0096), validation: nil) == .stillLearning)
    // Against a validation loss that is ten times as large, the same is no change.
    #expect(
      Diagnosis(training: losses(0.04, change: -0.0096), validation: losses(0.4, change: 0))
        == .converged)
  }

  @Test func `a validation loss that falls a little faster than a flat training loss is no alarm`()
  {
    #expect(
      Diagnosis(training: losses(0.4, change: -0.005), validation: losses(0.5, change: -0.02))
        == .stillLearning)
  }

  @Test func `a loss that hardly got below its start is a bad configuration`() {
    #expect(
      Diagnosis(training: [2.3, 2.3, 2.29], validation: [2.3, 2.3, 2.3]) == .badConfiguration)
    #expect(Diagnosis(training: [2.3, 5, 2.2], validation: nil) == .badConfiguration)
  }

  @Test func `a validation loss that never got below its start is suspicious`() {
    #expect(
      Diagnosis(training: [2.3, 1.5, 0.9, 0.5], validation: [2.3, 2.3, 2.4, 2.8]) == .suspiciousData
    )
    #expect(
      Diagnosis(training: [2.3, 1.5, 0.9, 0.5], validation: [2.3, 2, 2.4, 2.8]) == .overfitting)
  }

  @Test func `one epoch is too short to tell, and what is not finite has diverged`() {
    #expect(Diagnosis(training: [2.3, 1], validation: nil) == nil)
    #expect(Diagnosis(training: [2.3, .nan], validation: nil) == .divergence)
    #expect(Diagnosis(training: [2.3, 1, 0.5], validation: [2.3, .infinity, 1]) == .divergence)
  }

  private func trial(_ curves: [Curve], status: TrialStatus = .finished) -> TrialRecord {
    TrialRecord(
      key: "k", configuration: "{}", status: status, steps: 2, epochs: 2, lossEvaluations: 2,
      gradientEvaluations: 2, parameters: 1, stateBytes: 0, wallSeconds: 0, curves: curves,
      trajectory: nil)
  }

  @Test func `a surface has no diagnosis, a network that diverged has one at any length`() {
    let loss = Curve(metric: .loss, steps: [0, 1, 2], epochs: nil, values: [3, 2, 1])
    #expect(Diagnosis(of: trial([loss])) == nil)
    let train = Curve(metric: .trainLoss, steps: [0], epochs: [0], values: [2.3])
    #expect(Diagnosis(of: trial([train], status: .diverged(step: 1))) == .divergence)
  }

  @Test func `runs_csv tells validation, the stop, the restored epoch and the diagnosis`() throws {
    func curve(_ metric: Metric, _ values: [Double]) -> Curve {
      Curve(metric: metric, steps: [0, 1, 2, 3], epochs: [0, 1, 2, 3], values: values)
    }
    var trial = trial([
      curve(.trainLoss, [2, 1, 0.5, 0.2]), curve(.validationLoss, [2, 1, 0.8, 0.9]),
      curve(.validationAccuracy, [0.1, 0.6, 0.7, 0.65]),
      curve(.testAccuracy, [0.1, 0.5, 0.6, 0.7]),
      Curve(
        metric: .gradientNorm, layer: "1-dense", steps: [0], epochs: [1], values: [4]),
    ])
    trial.stopReason = .earlyStopping
    trial.restoredEpoch = 2
    let scenario = ScenarioRecord(
      name: "n", title: "N", problem: .legacy("p"), budget: .epochs(3), kind: .network,
      rankedBy: .testAccuracy,
      optimizers: [Participant(label: "sgd", rule: "sgd", hyperparameters: [:])],
      trials: [TrialReference(optimizer: "sgd", seed: 0, key: "k")])
    let folder = try TemporaryFolder()
    try Report.writeTables(
      of: [
        ScenarioResult(
          scenario: scenario, runs: [.init(optimizer: "sgd", seed: 0, trial: trial)])
      ], to: folder.path)
    let run = try #require(CSVReader.records(try folder.text("runs.csv")).first)
    #expect(run["train_loss"] == "0.5" && run["test_accuracy"] == "0.6")
    #expect(run["validation_loss"] == "0.8" && run["validation_accuracy"] == "0.7")
    #expect(run["stop_reason"] == "early_stopping" && run["restored_epoch"] == "2")
    // The last three validation losses 1, 0.8, 0.9 fall by 0.1 along their line, a ninth of their mean.
    #expect(run["diagnosis"] == "still_learning")
    // What counts is the restored epoch in the summary too.
    let summary = try #require(CSVReader.records(try folder.text("summary.csv")).first)
    #expect(summary["median"] == "0.6")
    let metrics = CSVReader.records(try folder.text("curves.csv")).compactMap { $0["metric"] }
    #expect(metrics.contains("gradient_norm/1-dense"))
  }
}
