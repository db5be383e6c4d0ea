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
  ///   - jobs: trials that will run at once, each with memory of its own.
  ///   - memoryLimit: bytes that may be used.
  ///
  /// - Throws: `DatasetError`; `ScenarioError` for networks that do not suit the data that were found, or the memory.
  public init(
    scenarios: [Scenario], masterSeed: UInt64, datasetDirectory: String?, jobs: Int = 1,
    memoryLimit: Int? = nil
  ) throws {
    datasets = try DatasetShelf(for: scenarios, directory: datasetDirectory)
    let misfits = NetworkFit(
      datasets: datasets, jobs: jobs, memoryLimit: memoryLimit ?? MemoryLimit.bytes
    ).issues(among: scenarios)
    guard misfits.isEmpty else { throw ScenarioError.invalid(misfits) }
    var records: [ScenarioRecord] = []
    var trials: [Trial] = []
    for scenario in scenarios {
      let own = Self.trials(of: scenario, masterSeed: masterSeed, datasets: datasets)
      var record = try ScenarioRecord(scenario, trials: own)
      if case .network(let task) = scenario.problem,
        let foreign = datasets.foreign.first(where: { task.dataset == .catalogue($0.name) })
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

  private static func trials(
    of scenario: Scenario, masterSeed: UInt64, datasets: DatasetShelf
  ) -> [Trial] {
    let data = data(scenario, datasets)
    return scenario.entrants.flatMap { entrant in
      (0..<scenario.seeds).map { seed in
        Trial(
          scenario: scenario.name, entrant: entrant, problem: scenario.problem,
          budget: scenario.budget, stopping: scenario.stopping, masterSeed: masterSeed,
          seedIndex: seed,
          configuration: TrialConfiguration(
            entrant: entrant, problem: scenario.problem, budget: scenario.budget,
            stopping: scenario.stopping, masterSeed: masterSeed, seedIndex: seed, data: data),
          cost: cost(of: scenario, datasets: datasets))
      }
    }
  }

  private static func data(_ scenario: Scenario, _ datasets: DatasetShelf) -> DatasetShelf.Entry? {
    guard case .network(let task) = scenario.problem else { return nil }
    return datasets.entry(for: task)
  }

  /// Operations of a trial, to a factor of two or so: enough to tell how much of a run is done.
  private static func cost(of scenario: Scenario, datasets: DatasetShelf) -> Double {
    switch (scenario.problem, scenario.budget) {
    case (.surface(let problem), .steps(let steps)):
      return 100 + Double(steps) * (100 + 20 * Double(problem.surface.dimension))
    case (.network(let task), .epochs(let epochs)):
      guard let dataset = datasets.dataset(for: task) else { return 0 }
      let parameters =
        (try? task.specification.parameterCount(
          featureCount: dataset.featureCount, classCount: dataset.classCount)) ?? 0
      return 8 * Double(epochs) * Double(parameters) * Double(dataset.train.count)
    default: return 1
    }
  }
}
