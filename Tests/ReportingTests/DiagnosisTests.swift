import Analysis
import Foundation
import Records
import Reporting
import TestSupport
import Testing
import Text

@Suite struct DiagnosisTests {
  /// Halved every two epochs, down to `level`.
  private func falling(to level: Double, epochs: Int = 20) -> [Double] {
    (0...epochs).map { max(level, 2.3 * pow(0.5, Double($0) / 2)) }
  }

  private func diagnosed(
    _ training: [Double], accuracy: [Double]? = nil, heldOut: [Double]? = nil,
    heldOutAccuracy: [Double]? = nil, batches: [Double] = []
  ) -> Diagnosis? {
    Diagnosis(
      DiagnosedCurves(
        training: training, trainingAccuracy: accuracy, heldOut: heldOut,
        heldOutAccuracy: heldOutAccuracy, batches: batches))
  }

  @Test func `a loss that still falls is still learning, one that is flat has converged`() {
    #expect(diagnosed(falling(to: 0, epochs: 6)) == .stillLearning)
    #expect(diagnosed(falling(to: 0.2)) == .converged)
    // The budget again would lower the loss by 4 and by 6 %.
    for (share, expected) in [(0.04, Diagnosis.converged), (0.06, .stillLearning)] {
      let start = (0..<10).map { 2 - 0.1 * Double($0) }
      let end =
        start + (10...20).map { (epoch: Int) -> Double in 1 - share * Double(epoch - 18) / 20 }
      #expect(diagnosed(end) == expected)
    }
  }

  @Test func `whoever fits all training samples is not still learning`() {
    let accuracy = (0...20).map { min(1, 0.1 + 0.09 * Double($0)) }
    #expect(diagnosed(falling(to: 0), accuracy: accuracy) == .converged)
  }

  @Test func `a held-out loss a fifth above its lowest is overfitting at any accuracy`() {
    let before = (0...10).map { 2.3 - 0.2 * Double($0) }
    let heldOut = before + (1...10).map { 0.3 + 0.01 * Double($0) }
    #expect(diagnosed(falling(to: 0.01), heldOut: heldOut) == .overfitting)
    // Both losses rise alike: the training set is fitted no better than the other.
    #expect(diagnosed(heldOut, heldOut: heldOut) != .overfitting)
  }

  @Test func `training that does not carry over is suspicious, at a high accuracy never`() {
    let fit = (0...20).map { 0.1 + 0.045 * Double($0) }
    let chance = fit.map { _ in 0.1 }
    let rising = (0...20).map { 2.3 + 0.05 * Double($0) }
    #expect(
      diagnosed(falling(to: 0.1), accuracy: fit, heldOut: rising, heldOutAccuracy: chance)
        == .suspiciousData)
    #expect(
      diagnosed(
        falling(to: 0.1), accuracy: fit, heldOut: rising, heldOutAccuracy: fit.map { 0.9 * $0 })
        == .overfitting)
    #expect(diagnosed(falling(to: 0.1), heldOut: rising) == .suspiciousData)
  }

  @Test func `a loss that jumps tells of a large rate, one that never moves of dead units`() {
    let stuck = Array(repeating: 2.3, count: 21)
    #expect(diagnosed(stuck, batches: [2.3, 2.4, 2.2]) == .deadUnits)
    #expect(diagnosed([2.6] + stuck, batches: [2.6, 90, 2.3]) == .rateTooLarge)
    #expect(diagnosed(stuck.indices.map { 2.3 + Double($0) }) == .rateTooLarge)
    #expect(
      diagnosed((0...20).map { (epoch: Int) -> Double in epoch % 2 == 0 ? 2.3 : 0.9 })
        == .rateTooLarge)
    // Far too small a rate: it falls in every epoch.
    #expect(diagnosed(stuck.indices.map { 2.3 - 0.001 * Double($0) }) == .stillLearning)
  }

  @Test func `one epoch is too short to tell, and what is not finite has diverged`() {
    #expect(diagnosed([2.3, 1]) == nil)
    #expect(diagnosed([2.3, .nan]) == .divergence)
    #expect(diagnosed([2.3, 1, 0.5], heldOut: [2.3, .infinity, 1]) == .divergence)
    // A likelihood may be below zero: shares of the start mean nothing.
    #expect(diagnosed([-1, -2, -3]) == nil)
  }

  @Test func `seeds that disagree have no diagnosis`() {
    let nine: [Diagnosis?] = Array(repeating: .converged, count: 9)
    #expect(AgreedDiagnosis(nine + [.overfitting]).agreed == .converged)
    #expect(AgreedDiagnosis(nine + [.overfitting, .overfitting]).agreed == nil)
    #expect(AgreedDiagnosis([.converged, .overfitting, .converged]).agreed == nil)
    #expect(AgreedDiagnosis([nil, .overfitting]).agreed == .overfitting)
    #expect(AgreedDiagnosis([]).agreed == nil)
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
    // Both losses fall up to the restored epoch, and early stopping ended the run there.
    #expect(run["diagnosis"] == "converged")
    // What counts is the restored epoch in the summary too.
    let summary = try #require(CSVReader.records(try folder.text("summary.csv")).first)
    #expect(summary["median"] == "0.6")
    let metrics = CSVReader.records(try folder.text("curves.csv")).compactMap { $0["metric"] }
    #expect(metrics.contains("gradient_norm/1-dense"))
  }
}
