import Records
import TestSupport
import Testing

@Suite struct TuningStoreTests {
  private func record(_ optimizer: String, _ search: String, score: Double = 1) -> TuningRecord {
    TuningRecord(
      scenario: "x", optimizer: optimizer, rule: "sgd", search: search, isAdaptive: false,
      metric: .loss, trials: 1, length: 5, seeds: 1, task: "t", fixed: ["form": .text("average")],
      space: [.init(name: "learning_rate", scale: "log", lower: 0.1, upper: 1)],
      candidates: [
        .init(
          settings: ["learning_rate": .number(0.3)], shares: [0.4], round: 0, length: 5,
          runs: [.init(seed: 0, key: "k", divergedStep: 2, value: .infinity)], score: score)
      ], chosen: nil)
  }

  @Test func `searches are read back as they were, the latest last`() throws {
    let folder = try TemporaryFolder()
    let store = try Store(creatingAt: folder.file("s.sqlite"))
    let first = record("sgd", "grid", score: .infinity)
    let second = record("sgd", "halton")
    for tuning in [first, second] { try store.save(tuning) }
    #expect(try store.tunings() == [first, second])
    let again = record("sgd", "grid", score: 0.5)
    try store.save(again)
    #expect(try Store(existingAt: store.path).tunings() == [second, again])
  }

  @Test func `a condensed trial keeps the ends of its curves`() {
    let trial = TrialRecord(
      key: "k", configuration: "{}", status: .finished, steps: 3, epochs: 1, lossEvaluations: 3,
      gradientEvaluations: 3, parameters: 2, stateBytes: 0, wallSeconds: 0,
      curves: [
        Curve(metric: .loss, steps: [0, 1, 2], epochs: [0, 1, 1], values: [3, 2, 1]),
        Curve(metric: .trainLoss, steps: [0], epochs: nil, values: [9]),
      ], trajectory: Trajectory(steps: [0], x: [1], y: [1], loss: [1]))
    let condensed = trial.condensed
    #expect(condensed.curves[0].steps == [0, 2] && condensed.curves[0].values == [3, 1])
    #expect(condensed.curves[0].epochs == [0, 1] && condensed.curves[1].values == [9])
    #expect(condensed.trajectory == nil && condensed.key == "k")
  }
}
