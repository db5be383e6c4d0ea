import Analysis
import Records
import Testing

@Suite struct ScenarioReadingTests {
  /// Trials of two optimizers, `seeds` each; the seeds stand in falling order, so that the first comes last.
  private static func result(seeds: Int) -> ScenarioResult {
    let runs = ["a", "b"].flatMap { label in
      (0..<seeds).reversed().map { seed in
        ScenarioResult.Run(
          optimizer: label, seed: seed,
          trial: TrialRecord(
            key: "\(label)\(seed)", configuration: "", status: .finished, steps: 2, epochs: 0,
            lossEvaluations: 3, gradientEvaluations: 2, parameters: 2, stateBytes: 0,
            wallSeconds: 1,
            curves: [
              Curve(
                metric: .loss, steps: [0, 1, 2], epochs: nil, values: [9, 4, Double(seed + 1)])
            ],
            trajectory: Trajectory(
              steps: [0, 1, 2], x: [0, 1, Double(seed)], y: [0, 0, 0], loss: [9, 4, 1])))
      }
    }
    return ScenarioResult(
      scenario: ScenarioRecord(
        name: "s", title: "", problem: .legacy(""), budget: .legacy(""), kind: .surface,
        rankedBy: .loss,
        target: Target(metric: .loss, value: 4),
        optimizers: ["a", "b"].map { Participant(label: $0, rule: $0, hyperparameters: [:]) },
        trials: runs.map { .init(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key) }),
      runs: runs)
  }

  @Test(arguments: [1, 3]) func `parts come in the order of the trials, whole`(jobs: Int) throws {
    let result = Self.result(seeds: 11)
    var received: [String] = []
    let analysis = try ScenarioReading.read(
      result.scenario, from: HeldResults([result]), jobs: jobs
    ) { part in
      part.runs.map { $0.trial.trajectory == nil ? "no path" : $0.trial.key }
    } receive: {
      received += $0
    }
    #expect(received == result.scenario.trials.map(\.key))
    #expect(analysis.result.runs.map(\.trial.key) == received)
  }

  @Test func `only the path of each optimizer's lowest seed is kept`() throws {
    let result = Self.result(seeds: 11)
    let analysis = try ScenarioReading.read(
      result.scenario, from: HeldResults([result]), jobs: 2, prepare: { _ in }, receive: { _ in })
    let kept = analysis.result.runs.filter { $0.trial.trajectory != nil }.map(\.trial.key)
    #expect(kept == ["a0", "b0"])
    #expect(analysis.result.runs.map(\.trial.curves) == result.runs.map(\.trial.curves))
  }

  @Test func `where starts differ, the paths of the first seeds are kept`() throws {
    for (replicates, kept) in [
      (["starts.region": Setting.text("domain")], [0, 1, 2, 3, 4]),
      (["starts.region": .text("domain"), "instances.rotate": .flag(true)], [0]),
      (["instances.rotate": .flag(true)], [0]),
    ] {
      var result = Self.result(seeds: 11)
      result.scenario.problem = .surface(
        SurfaceRecord(name: "s", title: "", equation: "", start: [0, 0], replicates: replicates))
      let analysis = try ScenarioReading.read(
        result.scenario, from: HeldResults([result]), jobs: 2, prepare: { _ in },
        receive: { _ in })
      for label in ["a", "b"] {
        let own = analysis.result.runs.filter { $0.optimizer == label }
        #expect(own.filter { $0.trial.trajectory != nil }.map(\.seed).sorted() == kept)
      }
    }
  }

  @Test func `what receives a part can stop the reading`() throws {
    struct Full: Error {}
    let result = Self.result(seeds: 11)
    #expect(throws: Full.self) {
      try ScenarioReading.read(
        result.scenario, from: HeldResults([result]), jobs: 2, prepare: { _ in },
        receive: { _ in throw Full() })
    }
  }

  @Test func `an analysis of some optimizers is that of their runs alone`() throws {
    let result = Self.result(seeds: 3)
    let all = ScenarioAnalysis(result)
    var part = result.scenario
    part.optimizers.removeFirst()
    part.trials.removeAll { $0.optimizer == "a" }
    let restricted = all.restricted(to: part)
    #expect(restricted.summaries.map(\.optimizer) == ["b"])
    #expect(restricted.result.runs.count == 3 && restricted.summaries[0].rank == 1)
    #expect(restricted.winners == restricted.summaries && restricted.standing == nil)
    #expect(all.winners.count == 2 && all.standing?.entrants.map(\.optimizer) == ["a", "b"])
  }

  @Test func `an outcome has the result, the steps and the time to the target`() throws {
    let outcomes = ScenarioAnalysis(Self.result(seeds: 2)).outcomes
    #expect(outcomes.map(\.value) == [2, 1, 2, 1])
    #expect(outcomes.allSatisfy { $0.stepsToTarget == 1 && $0.secondsToTarget == 0.5 })
    #expect(outcomes.allSatisfy { $0.diagnosis == nil })
  }

  @Test func `the worst of a metric is on its bad side`() {
    for metric in Metric.allCases {
      #expect(metric.worst == (metric.largerIsBetter ? -.infinity : .infinity))
      #expect(metric.isBetter(metric.largerIsBetter ? 2 : 1, than: metric.largerIsBetter ? 1 : 2))
      #expect(!metric.isBetter(1, than: 1) && metric.cost(metric.cost(3)) == 3)
    }
  }
}
