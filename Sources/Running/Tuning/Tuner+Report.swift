import Analysis
package import Records
package import Scenarios
import Statistics

extension Tuner {
  /// How what was chosen does with the scenario's own seeds, none of which had a say.
  package struct Report: Sendable {
    /// Medians at the end of the runs; none if nothing was chosen.
    package var medians: [Metric: Double]
  }

  /// What is reported: a network's test set has its say here for the first time.
  package static func reportedMetrics(of scenario: Scenario) -> [Metric] {
    guard scenario.kind == .network else { return [.loss] }
    let predicts = scenario.problems.allSatisfy(\.predictsValues)
    return [.trainLoss, .testLoss, predicts ? .testR2 : .testAccuracy]
  }

  /// Runs the chosen candidates with the scenario's own seeds; a scenario that asks for tuned optimizers finds these runs stored.
  ///
  /// - Returns: One report per record, or `nil` if it was cancelled.
  package func report(
    on records: [TuningRecord], store: Store, jobs: Int, cancellation: CancellationFlag,
    observer: any EngineObserver
  ) throws -> [Report]? {
    let trials = zip(subjects, records).map { subject, record -> [Trial] in
      guard let best = record.best else { return [] }
      let entrant = subject.entrant.with(drawn: best.mapValues(\.parameterValue))
      return (0..<scenario.seeds).map { seed in
        Trial(
          scenario: scenario.name, entrant: entrant, problem: scenario.problem(of: entrant),
          budget: scenario.budget(of: entrant), stopping: scenario.stopping(of: entrant),
          masterSeed: masterSeed, seedIndex: seed,
          datasets: datasets)
      }
    }
    let engine = Engine(
      plan: Plan(trials: trials.flatMap(\.self), datasets: datasets), store: store, jobs: jobs,
      cancellation: cancellation, observer: observer)
    let outcome = try engine.run(fresh: false)
    if let failure = outcome.failures.first { throw failure }
    guard outcome.missing == 0, !cancellation.isSet else { return nil }
    return try trials.map { trials in
      let results = try trials.compactMap { try store.trial($0.key) }
      guard !results.isEmpty else { return Report(medians: [:]) }
      let metrics = Self.reportedMetrics(of: scenario)
      return Report(
        medians: Dictionary(
          uniqueKeysWithValues: metrics.map { metric in
            (metric, median(of: results.map { $0.outcome(of: metric) }))
          }))
    }
  }
}
