package import Records
import Statistics

/// The results of a scenario that comparisons across scenarios need; small for any number of runs.
package struct ScenarioStanding: Sendable, Equatable {
  package var scenario: String
  /// Labels of the optimizers that have runs.
  package var optimizers: [String]
  /// Median result of each, with its sign such that lower is better; infinite if most runs diverged or failed. Steps to the
  /// target if the loss has no minimum.
  package var results: [Double]
  /// Median steps to the target of each, infinite where most runs did not reach it; `nil` without a target.
  package var stepsToTarget: [Double]?
  /// Fraction of the scenario's targets that each reached; empty without targets.
  package var runtimes: [RuntimeProfile]

  /// - Returns: `nil` for fewer than two optimizers.
  package init?(of result: ScenarioResult) {
    let scenario = result.scenario
    let runs = Dictionary(grouping: result.runs, by: \.optimizer).mapValues { $0.map(\.trial) }
    optimizers = scenario.optimizers.map(\.label).filter { runs[$0] != nil }
    guard optimizers.count >= 2 else { return nil }
    self.scenario = scenario.name
    let trials = optimizers.map { runs[$0] ?? [] }
    let sign = scenario.rankedBy.largerIsBetter ? -1.0 : 1
    let metric = scenario.target?.metric ?? scenario.rankedBy
    let ladder = TargetLadder.targets(of: result, metric: metric)
    runtimes = ladder.isEmpty ? [] : trials.map { RuntimeProfile($0, ladder, metric: metric) }
    let steps = scenario.target.map { target in
      trials.map { Attempts($0, to: target).medianEffort }
    }
    stepsToTarget = steps
    let medians = trials.map { own in
      sign * median(of: own.map { $0.outcome(of: scenario.rankedBy) })
    }
    results = scenario.ranksBySteps ? steps ?? medians : medians
  }
}
