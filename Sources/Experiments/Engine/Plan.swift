import Problems
import Records

/// What a run is going to do: every trial of every scenario, with its key.
public struct Plan: Sendable {
  public let scenarios: [Scenario]
  public let records: [ScenarioRecord]
  public let trials: [Trial]
  public let datasets: DatasetShelf

  /// - Parameters:
  ///   - scenarios: already adjusted to what was asked for on the command line.
  ///   - masterSeed: keys all random numbers.
  ///   - datasetDirectory: where data sets lie if not in their usual place.
  ///
  /// - Throws: `DatasetError`; `ScenarioError` for networks that do not suit the data that were found.
  public init(scenarios: [Scenario], masterSeed: UInt64, datasetDirectory: String?) throws {
    datasets = try DatasetShelf(for: scenarios, directory: datasetDirectory)
    let misfits = Self.misfits(among: scenarios, datasets: datasets)
    guard misfits.isEmpty else { throw ScenarioError.invalid(misfits) }
    var records: [ScenarioRecord] = []
    var trials: [Trial] = []
    for scenario in scenarios {
      let own = Self.trials(of: scenario, masterSeed: masterSeed, datasets: datasets)
      var record = try ScenarioRecord(scenario, trials: own)
      if case .network(let task) = scenario.problem,
        let foreign = datasets.foreign.first(where: { $0.name == task.dataset })
      {
        record.problem += "; other data than published: \(foreign.counts)"
      }
      records.append(record)
      trials += own
    }
    self.scenarios = scenarios
    self.records = records
    self.trials = trials
  }

  /// Networks whose shapes or batches do not fit the data that were found, which may be other than published.
  private static func misfits(
    among scenarios: [Scenario], datasets: DatasetShelf
  ) -> [ScenarioIssue] {
    scenarios.compactMap { scenario in
      guard case .network(let task) = scenario.problem, let dataset = datasets[task.dataset] else {
        return nil
      }
      do throws(NetworkError) {
        _ = try NetworkProblem(task.specification, dataset: dataset, batchSize: task.batchSize)
        return nil
      } catch {
        return ScenarioIssue(path: scenario.path, line: nil, message: "network: \(error)")
      }
    }
  }

  private static func trials(
    of scenario: Scenario, masterSeed: UInt64, datasets: DatasetShelf
  ) -> [Trial] {
    scenario.entrants.flatMap { entrant in
      (0..<scenario.seeds).map { seed in
        Trial(
          scenario: scenario.name, entrant: entrant, problem: scenario.problem,
          budget: scenario.budget, masterSeed: masterSeed, seedIndex: seed,
          configuration: TrialConfiguration(
            entrant: entrant, problem: scenario.problem, budget: scenario.budget,
            masterSeed: masterSeed, seedIndex: seed, datasetDigest: digest(scenario, datasets)),
          cost: cost(of: scenario, datasets: datasets))
      }
    }
  }

  private static func digest(_ scenario: Scenario, _ datasets: DatasetShelf) -> String? {
    guard case .network(let task) = scenario.problem else { return nil }
    return datasets.digest(of: task.dataset)
  }

  /// Operations of a trial, to a factor of two or so: enough to tell how much of a run is done.
  private static func cost(of scenario: Scenario, datasets: DatasetShelf) -> Double {
    switch (scenario.problem, scenario.budget) {
    case (.surface(let problem), .steps(let steps)):
      return 100 + Double(steps) * (100 + 20 * Double(problem.surface.dimension))
    case (.network(let task), .epochs(let epochs)):
      guard let dataset = datasets[task.dataset] else { return 0 }
      let parameters =
        (try? task.specification.parameterCount(
          featureCount: dataset.featureCount, classCount: dataset.classCount)) ?? 0
      return 8 * Double(epochs) * Double(parameters) * Double(dataset.train.count)
    default: return 1
    }
  }
}
