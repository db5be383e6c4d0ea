import Optimizers
import Parameters
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

private final class Silence: EngineObserver {
  func began(_ trials: [Trial], reused: Int) {}
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) {}
  func ended() {}
}

/// What searches choose by.
@Suite struct TuningMetricTests {
  private let desk: ScenarioDesk
  private let store: Store

  init() throws {
    desk = try ScenarioDesk()
    store = try Store(creatingAt: desk.folder.file("store.sqlite"))
  }

  /// Digits of 8×8 pixels; with a large rate, a classifier is confident: right more often, and at a high price where it is wrong.
  private static let network = """
    title: Network
    problem: {network: {dataset: digits, layers: [dense 32, relu, dense 10], batch_size: 32}}
    budget: {epochs: 2}
    optimizers: [sgd]
    tuning: {search: grid, trials: 6, seeds: 1, space: {learning_rate: [0.05, 0.1, 0.2, 0.5, 1, 2]}}

    """

  private func record(
    _ text: String, changing change: (inout TuningSettings) -> Void = { _ in }
  ) throws -> TuningRecord {
    let scenario = try desk.read(text)
    var settings = scenario.tuning
    change(&settings)
    let tuner = try Tuner(
      scenario, settings: settings, masterSeed: 1,
      datasets: Tuner.datasets(for: [scenario], directory: nil))
    let records = try tuner.run(
      store: store, jobs: 2, fresh: false, cancellation: CancellationFlag(),
      observer: { _ in Silence() })
    return try #require(records?.first)
  }

  @Test func `the metric changes what is chosen and no trial`() throws {
    let accuracy = try record(Self.network)
    let loss = try record(Self.network) { $0.metric = .validationLoss }
    #expect(accuracy.metric == .validationAccuracy && loss.metric == .validationLoss)
    #expect(accuracy.task == loss.task)
    #expect(
      accuracy.candidates.flatMap(\.runs).map(\.key) == loss.candidates.flatMap(\.runs).map(\.key))
    let best = try #require(accuracy.chosen)
    let lowest = try #require(loss.chosen)
    #expect(accuracy.candidates[best].score == accuracy.candidates.map(\.score).max())
    #expect(loss.candidates[lowest].score == loss.candidates.map(\.score).min())
    #expect(accuracy.candidates.allSatisfy { (0...1).contains($0.score) })
  }

  @Test func `of equal accuracies the lower loss is chosen`() throws {
    var search = Search(
      .grid,
      space: [
        SearchDimension(name: "learning_rate", values: .choices([1, 2, 3].map { .number($0) }))
      ], trials: 3, length: 1, masterSeed: 1)
    _ = search.next()
    search.observe([
      Search.Score(-0.8, tieBreak: 0.1), Search.Score(-0.9, tieBreak: 0.5),
      Search.Score(-0.9, tieBreak: 0.4),
    ])
    #expect(search.best == 2)
  }

  @Test func `what was chosen by another metric is not taken`() throws {
    let chosen = try record(Self.network) { $0.metric = .validationLoss }
    let asking = Self.network.replacing("[sgd]", with: "[sgd: tuned]")
    let scenario = try desk.read(asking)
    let datasets = try DatasetShelf(for: [scenario], directory: nil)
    do {
      _ = try scenario.tuned(by: store.tunings(), in: "store", datasets: datasets)
      Issue.record("taken")
    } catch TuningError.untuned(let lines) {
      #expect(lines.count == 1)
      #expect(
        lines[0].contains(
          "its search in store chose by validation_loss, not by validation_accuracy; 'bench tune"))
    }
    let agreeing = try desk.read(
      asking.replacing("search: grid", with: "metric: validation_loss, search: grid"))
    let tuned = try agreeing.tuned(by: store.tunings(), in: "store", datasets: datasets)
    #expect(
      tuned.entrants[0].optimizer.settings["learning_rate"].map(Setting.init)
        == chosen.best?["learning_rate"])
    #expect(
      tuned.entrants[0].tuning == "grid search of 6 trials with 1 seed each, by validation_loss")
  }

  @Test func `a search by what a problem does not record is refused`() throws {
    let bowl = """
      title: Bowl
      problem: {surface: ellipse}
      budget: {steps: 1}
      optimizers: [sgd]
      """
    #expect(
      throws: TuningError.unsuitable(
        scenario: "x", metric: .validationLoss, reason: "a surface is tuned by loss")
    ) {
      try record(bowl) { $0.metric = .validationLoss }
    }
  }

  @Test func `the ranking is recorded as the scenario states it`() throws {
    for (lines, metric) in [("", Metric.testAccuracy), ("rank_by: train_loss", .trainLoss)] {
      let scenario = try desk.read(Self.network + lines)
      let datasets = try DatasetShelf(for: [scenario], directory: nil)
      let plan = try Plan(scenarios: [scenario], masterSeed: 1, datasets: datasets)
      #expect(plan.records[0].rankedBy == metric)
    }
  }
}
