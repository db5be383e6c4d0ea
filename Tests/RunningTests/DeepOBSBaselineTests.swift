import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// The shipped scenario against what DeepOBS publishes of its baselines on `quadratic_deep` (Schneider, Balles and Hennig 2019):
/// mean and deviation of the final loss of ten runs.
@Suite struct DeepOBSBaselineTests {
  private static let published = [
    "sgd": (mean: 87.397, deviation: 0.169), "momentum": (mean: 87.045, deviation: 0.025),
    "adam": (mean: 87.112, deviation: 0.024),
  ]

  private func losses(reshuffle: Bool) throws -> [String: [Double]] {
    let folder = try TemporaryFolder()
    let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../scenarios/quadratic-deep.yaml")
    let text = try String(contentsOf: shipped, encoding: .utf8)
    let path = try folder.write(
      reshuffle ? text.replacing("quadratic_deep}", with: "quadratic_deep, reshuffle: 1}") : text,
      to: "quadratic-deep.yaml")
    let scenarios = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])
    let plan = try Plan(scenarios: scenarios, masterSeed: 1, datasetDirectory: nil)
    let store = try Store(creatingAt: folder.file("store.sqlite"))
    _ = try Engine(
      plan: plan, store: store, jobs: 2, cancellation: CancellationFlag(),
      observer: SilentObserver()
    ).run(fresh: false)
    let runs = try store.result(of: plan.records[0]).runs
    return Dictionary(grouping: runs, by: \.optimizer).mapValues {
      $0.compactMap { $0.trial.result(of: .loss) }
    }
  }

  private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }

  /// Means of ten runs each differ by no more than three standard errors of their difference: by chance once in 370 times.
  @Test func `final losses are those that DeepOBS publishes`() throws {
    let losses = try losses(reshuffle: false)
    for (optimizer, published) in Self.published {
      let values = try #require(losses[optimizer])
      #expect(values.count == 10)
      let own = moments(values)
      let error =
        ((own.deviation * own.deviation + published.deviation * published.deviation) / 10)
        .squareRoot()
      #expect(abs(own.mean - published.mean) <= 3 * error, "\(optimizer): \(own)")
    }
  }

  /// The order of batches is what it depends on: drawn anew for each epoch, noise does not cancel, and heavy momentum ends elsewhere.
  @Test func `with batches in a new order each epoch, momentum does not reach what is published`()
    throws
  {
    let own = moments(try #require(try losses(reshuffle: true)["momentum"]))
    #expect(own.mean > 87.045 + 1)
  }
}
