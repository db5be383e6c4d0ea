import Records

/// Results small enough to work out by hand.
enum RankingExamples {
  /// A surface's losses step by step, one list per optimizer and start; each step evaluates one loss and one gradient.
  static func surface(
    _ runs: [(String, [[Double]])], target: Double? = nil, lowest: Double? = nil,
    isUnbounded: Bool = false
  ) -> ScenarioResult {
    let trials = runs.flatMap { label, starts in
      starts.enumerated().map { seed, losses in
        run(label, seed, .loss, losses, evaluationsPerStep: 2)
      }
    }
    return result(
      .surface, .loss, runs.map(\.0), trials,
      target: target.map { Target(metric: .loss, value: $0) }, lowest: lowest,
      isUnbounded: isUnbounded)
  }

  /// A network's last accuracies, one per optimizer and seed.
  static func network(
    _ accuracies: [(String, [Double])], samples: Int? = nil
  ) -> ScenarioResult {
    let trials = accuracies.flatMap { label, values in
      values.enumerated().map { seed, value in
        run(label, seed, .testAccuracy, [0.1, value], evaluationsPerStep: 2)
      }
    }
    var result = result(.network, .testAccuracy, accuracies.map(\.0), trials)
    result.scenario.rankedSamples = samples
    return result
  }

  /// A scenario of a suite in which the optimizers end in this order, with one start.
  static func contest(
    _ name: String, _ order: [String], settings: [String: SettingsKind] = [:]
  ) -> ScenarioResult {
    var result = surface(
      order.enumerated().map { ($1, [[16, 8] + Array(repeating: 4, count: $0) + [0]]) }, lowest: 0)
    result.scenario.name = name
    for index in result.scenario.optimizers.indices {
      result.scenario.optimizers[index].chosenSettings =
        settings[result.scenario.optimizers[index].label] ?? .handPicked
    }
    return result
  }

  private static func run(
    _ label: String, _ seed: Int, _ metric: Metric, _ values: [Double], evaluationsPerStep: Int
  ) -> ScenarioResult.Run {
    let steps = values.count - 1
    return ScenarioResult.Run(
      optimizer: label, seed: seed,
      trial: TrialRecord(
        key: "\(label)-\(seed)", configuration: "",
        status: values.last?.isFinite == false ? .diverged(step: steps) : .finished, steps: steps,
        epochs: 0, lossEvaluations: steps + 1, gradientEvaluations: steps, parameters: 2,
        stateBytes: 0, wallSeconds: 0,
        curves: [Curve(metric: metric, steps: Array(values.indices), epochs: nil, values: values)],
        trajectory: nil))
  }

  private static func result(
    _ kind: ScenarioRecord.Kind, _ metric: Metric, _ labels: [String],
    _ runs: [ScenarioResult.Run], target: Target? = nil, lowest: Double? = nil,
    isUnbounded: Bool = false
  ) -> ScenarioResult {
    ScenarioResult(
      scenario: ScenarioRecord(
        name: "s", title: "", problem: .legacy(""), budget: .legacy(""), kind: kind,
        rankedBy: metric, target: target,
        optimizers: labels.map { Participant(label: $0, rule: $0, hyperparameters: [:]) },
        trials: runs.map {
          TrialReference(optimizer: $0.optimizer, seed: $0.seed, key: $0.trial.key)
        },
        isUnbounded: isUnbounded ? true : nil, isRandom: kind == .network, lowestValue: lowest),
      runs: runs)
  }
}
