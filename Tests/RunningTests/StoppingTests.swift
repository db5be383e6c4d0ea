import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

@Suite struct StoppingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func trial(_ text: String, name: String = "s") throws -> TrialRecord {
    let path = try folder.write(text, to: "\(name).yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
    let store = try Store(creatingAt: folder.file("\(name).sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    return try store.result(of: plan.records[0]).runs[0].trial
  }

  /// f = ½(x² + y²) from (1, 0) with α = ½: x_t = 2⁻ᵗ, f_t = ½·4⁻ᵗ, all exact. f_{t−1} − f_t = 1.5·4⁻ᵗ is below 10⁻⁴ from
  /// t = 7 on (1.5·4⁻⁷ = 9.2·10⁻⁵), so the third one in a row is at step 9.
  @Test func `a surface has converged when its loss hardly changes often enough`() throws {
    let text = """
      title: T
      problem: {surface: {expression: "0.5*(x^2 + y^2)"}, start: [1, 0]}
      budget: {steps: 1000}
      convergence: {epsilon: 1.0e-4, evaluations: 3}
      optimizers: [sgd: {learning_rate: 0.5}]
      """
    let stopped = try trial(text)
    #expect(stopped.stopReason == .convergence && stopped.status == .finished)
    #expect(stopped.steps == 9)
    #expect(stopped.curve(.loss)?.steps == Array(0...9))
    #expect(stopped.trajectory?.x.last == 0x1p-9)
    let limited = try trial(text.replacing("steps: 1000", with: "steps: 8"), name: "limited")
    #expect(limited.stopReason == .budget && limited.steps == 8)
  }

  @Test func `a divergence is the reason for its stop`() throws {
    let record = try trial(
      """
      title: T
      problem: {surface: ellipse}
      budget: {steps: 1000}
      convergence: {epsilon: 1.0e-9}
      optimizers: [sgd: {learning_rate: 1.0e+6}]
      """)
    #expect(record.stopReason == .divergence && record.status.divergedStep != nil)
  }

  private static let overfitting = """
    title: T
    problem:
      network:
        dataset: digits
        layers: [dense 32, relu, dense 10]
        batch_size: 10
        train_samples: 60
        validation: 0.3
    budget: {epochs: 60}
    early_stopping: {patience: 4}
    optimizers: [adam: {learning_rate: 0.02}]
    """

  @Test func `early stopping ends after its patience and keeps the best epoch`() throws {
    let record = try trial(Self.overfitting)
    let losses = try #require(record.curve(.validationLoss)?.values)
    let best = try #require(losses.indices.dropFirst().min { losses[$0] < losses[$1] })
    #expect(record.stopReason == .earlyStopping && record.status == .finished)
    #expect(record.epochs < 60 && record.epochs == best + 4 && record.restoredEpoch == best)
    #expect(losses.count == record.epochs + 1)
    #expect(record.result(of: .validationLoss) == losses[best])
    #expect(record.result(of: .testAccuracy) == record.curve(.testAccuracy)?.values[best])
    #expect(record.result(of: .testAccuracy) != nil)
    // 431 of 1,437 samples are held out: the accuracy is a multiple of 1/431.
    let accuracy = try #require(record.result(of: .validationAccuracy))
    #expect(abs(accuracy * 431 - (accuracy * 431).rounded()) < 1e-9)
  }

  @Test func `records hold what ends a trial, and the training data`() throws {
    let path = try folder.write(
      Self.overfitting + "\nconvergence: {epsilon: 0.001, evaluations: 1}", to: "t.yaml")
    let scenario = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])[0]
    #expect(
      scenario.budgetRecord
        == .epochs(
          60,
          stopping: [
            "early_stopping.patience": .number(4),
            "early_stopping.metric": .text("validation_loss"),
            "early_stopping.restore_best": .flag(true), "convergence.epsilon": .number(0.001),
            "convergence.evaluations": .number(1),
          ]))
    guard case .network(let network) = scenario.problemRecord else {
      Issue.record("no network")
      return
    }
    #expect(
      network.settings == [
        "loss": .text("softmax_cross_entropy"), "initialization": .text("he"),
        "batch_size": .number(10), "train_samples": .number(60), "validation": .number(0.3),
      ])
  }

  /// Only falls of more than a tenth count: the trial ends earlier, at an epoch that is not the lowest.
  @Test func `a change below the least one that counts is no improvement`() throws {
    let record = try trial(
      Self.overfitting.replacing("patience: 4", with: "patience: 4, min_delta: 0.1"))
    let losses = try #require(record.curve(.validationLoss)?.values)
    var best = 1
    for epoch in 2..<losses.count where losses[epoch] + 0.1 < losses[best] { best = epoch }
    #expect(record.stopReason == .earlyStopping)
    #expect(record.epochs == best + 4 && record.restoredEpoch == best)
    let lowest = losses.dropFirst().min() ?? 0
    #expect(losses[best] > lowest && losses[best] <= lowest + 0.1)
  }

  /// Trials are keyed by it.
  @Test func `a least change of 0 is as if it were not there`() throws {
    let paths = try ["", ", min_delta: 0", ", min_delta: 0.5"].enumerated().map {
      try folder.write(
        Self.overfitting.replacing("patience: 4", with: "patience: 4\($1)"), to: "d\($0).yaml")
    }
    let keys = try paths.map { path in
      let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
      return try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil).trials[0].key
    }
    #expect(keys[0] == keys[1] && keys[0] != keys[2])
  }

  @Test func `without restoring, the last epoch is the result`() throws {
    let record = try trial(
      Self.overfitting.replacing("patience: 4", with: "patience: 4, restore_best: false"))
    #expect(record.restoredEpoch == nil && record.stopReason == .earlyStopping)
    #expect(record.result(of: .testLoss) == record.curve(.testLoss)?.values.last)
  }

  @Test func `an accuracy may decide, and the best epoch is kept when the budget ends it`() throws {
    let record = try trial(
      Self.overfitting.replacing("patience: 4", with: "patience: 50, metric: validation_accuracy")
        .replacing("epochs: 60", with: "epochs: 6"))
    let values = try #require(record.curve(.validationAccuracy)?.values)
    #expect(record.stopReason == .budget && record.epochs == 6)
    let largest = try #require(values.dropFirst().max())
    #expect(record.restoredEpoch == values.firstIndex(of: largest))
  }

  /// A trial that is watched is the trial that is not, up to its end.
  @Test func `rules end training and change nothing before`() throws {
    let watched = try trial(Self.overfitting)
    let free = try trial(
      Self.overfitting.replacing("early_stopping: {patience: 4}\n", with: ""), name: "free")
    for metric in [Metric.trainLoss, .validationLoss, .testAccuracy] {
      let (short, long) = (watched.curve(metric)?.values ?? [], free.curve(metric)?.values ?? [])
      #expect(!short.isEmpty && Array(long.prefix(short.count)) == short && long.count == 61)
    }
  }

  @Test func `a network has converged when its training loss hardly changes`() throws {
    let record = try trial(
      """
      title: T
      problem: {network: {dataset: digits, layers: [dense 10], batch_size: full}}
      budget: {epochs: 500}
      convergence: {epsilon: 0.01, evaluations: 2}
      optimizers: [sgd: {learning_rate: 0.5}]
      """)
    let losses = try #require(record.curve(.trainLoss)?.values)
    let changes = zip(losses, losses.dropFirst()).map { abs($0 - $1) }
    #expect(record.stopReason == .convergence && record.epochs < 500)
    #expect(changes.suffix(2).allSatisfy { $0 < 0.01 })
    #expect(!zip(changes, changes.dropFirst()).dropLast().contains { $0 < 0.01 && $1 < 0.01 })
    // A full batch is one step per epoch.
    #expect(record.steps == record.epochs)
  }
}
