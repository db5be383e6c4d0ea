package import Analysis
import Foundation
package import Records

/// How results of a scenario may differ from its baseline.
package enum GateTier: String, Sendable {
  /// Surfaces compute in `Double` without a BLAS library: every number must come out again.
  case exact
  /// Networks round differently with every processor's kernels: only distributions over seeds are compared.
  case noisy
}

/// What a baseline keeps of one run.
package struct BaselineRun: Sendable, Equatable {
  package var optimizer: String
  package var seed: Int
  /// Keys all random numbers together with `seed`; `nil` in files of baselines, which do not keep it.
  package var baseSeed: UInt64?
  package var status: String
  package var steps: Int
  package var lossEvaluations: Int
  package var gradientEvaluations: Int
  /// `nil` if the target was not reached or there is none.
  package var stepsToTarget: Int?
  /// The metric that the scenario ranks by at the end; the worst there is after a divergence.
  package var result: Double
  /// Values on the way, by name: a change shows in early ones though late ones may all have converged.
  package var waypoints: [String: Double]

  package init(
    optimizer: String, seed: Int, baseSeed: UInt64? = nil, status: String, steps: Int,
    lossEvaluations: Int, gradientEvaluations: Int, stepsToTarget: Int? = nil, result: Double,
    waypoints: [String: Double]
  ) {
    self.optimizer = optimizer
    self.seed = seed
    self.baseSeed = baseSeed
    self.status = status
    self.steps = steps
    self.lossEvaluations = lossEvaluations
    self.gradientEvaluations = gradientEvaluations
    self.stepsToTarget = stepsToTarget
    self.result = result
    self.waypoints = waypoints
  }

  /// In the order of the file's columns.
  package static let waypointNames = [
    "loss_at_0", "loss_at_1", "loss_at_10", "loss_at_100", "final_loss", "train_loss",
  ]
}

/// What a baseline keeps of a scenario.
package struct BaselineScenario: Sendable, Equatable {
  package var name: String
  package var tier: GateTier
  package var problem: ComparedFields
  package var budget: ComparedFields
  /// What each optimizer is, by label; empty where that is not known.
  package var optimizerFields: [String: ComparedFields]
  package var metric: Metric
  package var runs: [BaselineRun]

  /// - Returns: `nil` for what has no runs, such as averages of a series.
  package init?(_ analysis: ScenarioAnalysis) {
    let result = analysis.result
    switch result.scenario.kind {
    case .surface: tier = .exact
    case .network: tier = .noisy
    case .smoothing: return nil
    }
    name = result.scenario.name
    // What variants change is compared optimizer by optimizer.
    problem = result.scenario.problem.compared.without(result.scenario.variedProblemKeys)
    budget = result.scenario.budget.compared
    optimizerFields = Dictionary(
      result.scenario.optimizers.map { ($0.label, $0.compared) }, uniquingKeysWith: { $1 })
    metric = result.scenario.rankedBy
    runs =
      zip(result.runs, analysis.outcomes).map { BaselineRun($0, $1) }
      + zip(result.interrupted, analysis.interruptedOutcomes).map { BaselineRun($0, $1) }
  }

  package init(
    name: String, tier: GateTier, problem: ComparedFields, budget: ComparedFields,
    optimizerFields: [String: ComparedFields], metric: Metric, runs: [BaselineRun]
  ) {
    self.name = name
    self.tier = tier
    self.problem = problem
    self.budget = budget
    self.optimizerFields = optimizerFields
    self.metric = metric
    self.runs = runs
  }

  /// Labels in the order of the runs.
  package var optimizers: [String] {
    var seen: Set<String> = []
    return runs.map(\.optimizer).filter { seen.insert($0).inserted }
  }

  func runs(of optimizer: String) -> [BaselineRun] {
    runs.filter { $0.optimizer == optimizer }.sorted { $0.seed < $1.seed }
  }
}

extension BaselineRun {
  fileprivate init(_ run: ScenarioResult.Run, _ outcome: TrialOutcome) {
    let trial = run.trial
    let loss = trial.curve(.loss)
    var waypoints: [String: Double] = [:]
    for step in [0, 1, 10, 100] {
      if let index = loss?.steps.firstIndex(of: step) {
        waypoints["loss_at_\(step)"] = loss?.values[index]
      }
    }
    waypoints["final_loss"] = loss?.values.last
    waypoints["train_loss"] = trial.result(of: .trainLoss)
    self.init(
      optimizer: run.optimizer, seed: run.seed, baseSeed: trial.baseSeed,
      status: trial.status.name, steps: trial.steps,
      lossEvaluations: trial.lossEvaluations, gradientEvaluations: trial.gradientEvaluations,
      stepsToTarget: outcome.stepsToTarget, result: outcome.value, waypoints: waypoints)
  }
}

extension TrialRecord {
  /// The base seed in its configuration.
  fileprivate var baseSeed: UInt64? {
    struct Seeds: Decodable {
      var masterSeed: UInt64?
      enum CodingKeys: String, CodingKey { case masterSeed = "master_seed" }
    }
    return try? JSONDecoder().decode(Seeds.self, from: Data(configuration.utf8)).masterSeed
  }
}
