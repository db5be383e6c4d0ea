import Foundation
import Records
import Running
import ScenarioTestSupport
import Scenarios
import TestSupport
import Testing

/// Counts the trials that really run.
private final class Counter: EngineObserver {
  private let counts = Counts()

  final class Counts: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0
    func add() { lock.withLock { value += 1 } }
    var total: Int { lock.withLock { value } }
  }

  var finishedTrials: Int { counts.total }

  func began(_ trials: [Trial], reused: Int) {}
  func progressed(_ index: Int, share: Double) {}
  func finished(_ index: Int, _ trial: Trial, _ record: TrialRecord) { counts.add() }
  func ended() {}
}

/// Searches on surfaces with a target choose by what ranks them: evaluations until the target.
@Suite struct TargetTuningTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(creatingAt: folder.file("store.sqlite"))
  }

  /// f = ½(x² + y²) from 6.5: gradient descent multiplies the loss by (1 − α)² in each step.
  private static func bowl(
    _ target: String, surface: String = "{surface: ellipse, condition_number: 1, start: [3, 2]}"
  )
    -> String
  {
    """
    title: Bowl
    problem: \(surface)
    budget: {steps: 20}
    target: {loss: \(target)}
    optimizers: [sgd]
    tuning: {search: grid, trials: 3, space: {learning_rate: [0.3, 1, 1.9]}}

    """
  }

  private func search(
    _ text: String, _ counter: Counter = Counter(), metric: Metric? = nil
  ) throws -> TuningRecord {
    let path = try folder.write(text, to: "bowl.yaml")
    let scenario = try ScenarioLibrary(folder: folder.path, charts: testCharts).load([path])[0]
    var settings = scenario.tuning
    settings.metric = metric
    let tuner = try Tuner(
      scenario, settings: settings, masterSeed: 1,
      datasets: Tuner.datasets(for: [scenario], directory: nil))
    let records = try tuner.run(
      store: store, jobs: 1, fresh: false, cancellation: CancellationFlag(),
      observer: { _ in counter })
    return try #require(records?.first)
  }

  private func values(_ record: TuningRecord) -> [Double] {
    record.candidates.map { $0.runs[0].value }
  }

  @Test func `candidates are judged by their evaluations until the target`() throws {
    let record = try search(Self.bowl("1.0e-2"))
    // 0.49¹⁰ · 6.5 ≤ 0.01 < 0.49⁹ · 6.5, and 0.81²⁰ · 6.5 > 0.01; a loss and a gradient per step, and for the last look.
    #expect(values(record) == [22, 4, .infinity])
    #expect(record.best?["learning_rate"] == .number(1))
    #expect(record.criterion == "evaluations_to_target")
    #expect(record.target == Target(metric: .loss, value: 0.01))
  }

  @Test func `another target reads the stored trials, and so does the loss at the end`() throws {
    let counter = Counter()
    _ = try search(Self.bowl("1.0e-2"), counter)
    #expect(counter.finishedTrials == 3)
    #expect(try values(search(Self.bowl("1.0e-3"), counter)) == [28, 4, .infinity])
    let byLoss = try search(Self.bowl("1.0e-3"), counter, metric: .loss)
    #expect(byLoss.target == nil && byLoss.criterion == "loss")
    #expect(values(byLoss)[1] == 0 && values(byLoss)[2] < 0.2)
    #expect(counter.finishedTrials == 3)
  }

  @Test func `if none reaches the target, the lowest loss is chosen`() throws {
    let record = try search(Self.bowl("-1"))
    #expect(values(record).allSatisfy { $0 == .infinity })
    #expect(record.best?["learning_rate"] == .number(1))
  }

  @Test func `without a lowest value, a missed target chooses nothing`() throws {
    let saddle = "{surface: saddle}"
    #expect(try search(Self.bowl("-1.0e300", surface: saddle)).chosen == nil)
    // The nearer of two that reach it, whatever they fall to afterwards.
    #expect(try search(Self.bowl("-1", surface: saddle)).chosen != nil)
  }

  @Test func `trials of which only the ends are stored run again`() throws {
    let counter = Counter()
    let record = try search(Self.bowl("1.0e-2"), counter)
    // As an earlier version stored them.
    for candidate in record.candidates {
      guard var trial = try store.trial(candidate.runs[0].key) else { continue }
      for index in trial.curves.indices {
        let curve = trial.curves[index]
        let ends = [0, curve.values.count - 1]
        trial.curves[index] = Curve(
          metric: curve.metric, steps: ends.map { curve.steps[$0] }, epochs: nil,
          values: ends.map { curve.values[$0] })
      }
      try store.save(trial)
    }
    #expect(try values(search(Self.bowl("1.0e-2"), counter)) == [22, 4, .infinity])
    #expect(counter.finishedTrials == 6)
  }
}
