import Datasets
import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Numbers to predict.
@Suite struct RegressionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func row(_ index: Int, offset: Int) -> String {
    let other = index * index * 7 % 11
    return "\(index),\(other),\(3 * index - 2 * other + index * 5 % 7 + offset)\n"
  }

  private func trial(_ changes: [(String, String)] = []) throws -> TrialRecord {
    let header = "x,y,price\n"
    try folder.write(
      header + (1..<15).map { row($0, offset: 0) }.joined(), to: "train.csv")
    try folder.write(
      header + (20..<26).map { row($0, offset: 3) }.joined(), to: "test.csv")
    var text = """
      title: T
      problem:
        network:
          dataset: {csv: train.csv, label: price, test: test.csv}
          normalization: standard
          loss: mean_squared_error
          batch_size: full
          layers: [dense 1]
      budget: {epochs: 400}
      optimizers: [sgd: {learning_rate: 0.2}]
      """
    for (old, new) in changes { text = text.replacing(old, with: new) }
    let path = try folder.write(text, to: "r.yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
    let store = try Store(creatingAt: folder.file("\(UUID().uuidString).sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 1, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    #expect(plan.records[0].rankedBy == .testR2)
    return try store.result(of: plan.records[0]).runs[0].trial
  }

  /// `LinearRegression` and `r2_score` of scikit-learn 1.9.1 on the same two tables; losses are mean squared residuals over the
  /// variance of the training values.
  @Test func `one layer converges to least squares`() throws {
    let record = try trial()
    // Float rounds predictions of about 1 to 6e-8, and squared errors here are up to 1.
    let tolerance = 1e-5
    #expect(abs(try #require(record.result(of: .trainR2)) - 0.9823738335) < tolerance)
    #expect(abs(try #require(record.result(of: .testR2)) - 0.5472909756) < tolerance)
    #expect(abs(try #require(record.result(of: .trainLoss)) - 0.0176261665) < tolerance)
    #expect(abs(try #require(record.result(of: .testLoss)) - 0.1447487256) < tolerance)
    #expect(record.result(of: .testAccuracy) == nil && record.parameters == 3)
  }

  @Test func `the scale of the numbers changes losses and not what is explained`() throws {
    let record = try trial([
      ("batch_size", "label_scale: none\n    batch_size"), ("{epochs: 400}", "{epochs: 2000}"),
    ])
    #expect(abs(try #require(record.result(of: .trainR2)) - 0.9823738335) < 1e-5)
    #expect(try #require(record.result(of: .trainLoss)) > 1)
  }

  @Test func `a validation set has an R² that training can stop by`() throws {
    let record = try trial([
      ("batch_size", "validation: 5\n    batch_size"),
      ("optimizers", "early_stopping: {patience: 3, metric: validation_r2}\noptimizers"),
    ])
    #expect(record.result(of: .validationR2) != nil)
    #expect(record.stopReason == .earlyStopping)
  }

  @Test func `losses, outputs and metrics of classes are refused`() throws {
    func refusal(_ changes: [(String, String)]) -> String {
      do {
        _ = try trial(changes)
        return ""
      } catch {
        return "\(error)"
      }
    }
    let task = ("label: price", "label: price, task: regression")
    #expect(
      refusal([task, ("mean_squared_error", "softmax_cross_entropy")]).contains(
        "'softmax_cross_entropy' is over classes"))
    #expect(refusal([task, ("dense 1", "dense 2")]).contains("1 number to predict"))
    #expect(
      refusal([task, ("budget", "target: {train_accuracy: 0.9}\nbudget")]).contains(
        "validation_r2"))
    #expect(
      refusal([("dense 1", "dense 2"), ("budget", "target: {train_r2: 0.9}\nbudget")]).contains(
        "task: regression"))
    // Two outputs are of classes, and nearly every price is one.
    #expect(refusal([("dense 1", "dense 2")]).contains("11 different labels in 14 rows"))
  }
}
