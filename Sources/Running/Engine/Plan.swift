import Datasets
import Networks
package import Records
package import Scenarios
import Surfaces

/// What a run is going to do: every trial of every scenario, with its key.
package struct Plan: Sendable {
  package let scenarios: [Scenario]
  package let records: [ScenarioRecord]
  package let trials: [Trial]
  package let datasets: DatasetShelf

  /// - Parameters:
  ///   - scenarios: already adjusted to what was asked for on the command line.
  ///   - masterSeed: keys all random numbers.
  ///   - datasetDirectory: where data sets lie if not in their usual place.
  ///   - jobs: trials that will run at once, each with memory of its own.
  ///   - memoryLimit: bytes that may be used.
  ///
  /// - Throws: `DatasetError`; `ScenarioError` for networks that do not suit the data that were found, or the memory.
  package init(
    scenarios: [Scenario], masterSeed: UInt64, datasetDirectory: String?, jobs: Int = 1,
    memoryLimit: Int? = nil
  ) throws {
    try self.init(
      scenarios: scenarios, masterSeed: masterSeed,
      datasets: DatasetShelf(for: scenarios, directory: datasetDirectory), jobs: jobs,
      memoryLimit: memoryLimit)
  }

  /// - Parameter datasets: must hold what the scenarios need.
  package init(
    scenarios: [Scenario], masterSeed: UInt64, datasets: DatasetShelf, jobs: Int = 1,
    memoryLimit: Int? = nil
  ) throws {
    self.datasets = datasets
    // No more trials run at once than there are.
    let trialCount = scenarios.reduce(0) { $0 + $1.entrants.count * $1.seeds }
    let misfits =
      NetworkFit(
        datasets: datasets, jobs: max(1, min(jobs, trialCount)),
        memoryLimit: memoryLimit ?? MemoryLimit.bytes
      ).issues(among: scenarios) + IdleRuns(datasets: datasets).issues(among: scenarios)
      + scenarios.flatMap { $0.lostStarts(masterSeed: masterSeed, seeds: 0..<$0.seeds) }
    guard misfits.isEmpty else { throw ScenarioError.invalid(misfits) }
    let lost = NetworkStarts(datasets: datasets, masterSeed: masterSeed).issues(among: scenarios)
    guard lost.isEmpty else { throw ScenarioError.invalid(lost) }
    var records: [ScenarioRecord] = []
    var trials: [Trial] = []
    for scenario in scenarios {
      let own = Self.trials(of: scenario, masterSeed: masterSeed, datasets: datasets)
      var record = try ScenarioRecord(scenario, trials: own)
      if case .network(var network) = record.problem, let task = scenario.problem.network {
        network.data = datasets.entry(for: task)?.digest
        record.problem = .network(network)
        record.rankedSamples = datasets.dataset(for: task)?.samples(of: record.rankedBy)
      }
      let sources = scenario.problems.compactMap { $0.network?.dataset }
      let foreign = datasets.foreign.filter { sources.contains(.catalogue($0.name)) }
      if !foreign.isEmpty { record.foreignData = foreign }
      records.append(record)
      trials += own
    }
    self.scenarios = scenarios
    self.records = records
    self.trials = trials
  }

  /// Trials of no scenario, such as those of a search.
  init(trials: [Trial], datasets: DatasetShelf) {
    scenarios = []
    records = []
    self.trials = trials
    self.datasets = datasets
  }

  private static func trials(
    of scenario: Scenario, masterSeed: UInt64, datasets: DatasetShelf
  ) -> [Trial] {
    scenario.entrants.flatMap { entrant in
      (0..<scenario.seeds).map { seed in
        Trial(
          scenario: scenario.name, entrant: entrant, problem: scenario.problem(of: entrant),
          budget: scenario.budget(of: entrant), stopping: scenario.stopping(of: entrant),
          masterSeed: masterSeed, seedIndex: seed, datasets: datasets)
      }
    }
  }
}

extension Trial {
  /// - Parameter datasets: must hold the problem's.
  init(
    scenario: String, entrant: Entrant, problem: Scenario.Problem, budget: Scenario.Budget,
    stopping: StoppingRules, masterSeed: UInt64, seedIndex: Int, datasets: DatasetShelf
  ) {
    let problem = problem.replicate(masterSeed: masterSeed, seedIndex: seedIndex)
    self.init(
      scenario: scenario, entrant: entrant, problem: problem, budget: budget, stopping: stopping,
      masterSeed: masterSeed, seedIndex: seedIndex,
      configuration: TrialConfiguration(
        entrant: entrant, problem: problem, budget: budget, stopping: stopping,
        masterSeed: masterSeed, seedIndex: seedIndex,
        data: problem.network.flatMap(datasets.entry(for:))),
      cost: Self.cost(of: problem, for: budget, datasets: datasets))
  }

  /// Operations of a trial, to a factor of two or so: enough to tell how much of a run is done.
  private static func cost(
    of problem: Scenario.Problem, for budget: Scenario.Budget, datasets: DatasetShelf
  ) -> Double {
    switch (problem, budget) {
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

extension Dataset {
  /// Number of samples that a metric is a mean over.
  fileprivate func samples(of metric: Metric) -> Int? {
    switch metric {
    case .trainLoss, .trainAccuracy: train.count
    case .validationLoss, .validationAccuracy: validation?.count
    case .testLoss, .testAccuracy: test.count
    case .loss, .gradientNorm, .learningRate, .momentum: nil
    }
  }
}
