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
      let names = Set(scenario.problems.compactMap { $0.dataset })
      for foreign in datasets.foreign where names.contains(foreign.name) {
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
    var issues: [ScenarioIssue] = []
    for scenario in scenarios {
      for problem in scenario.problems {
        guard case .network(let task) = problem, let dataset = datasets[task.dataset] else {
          continue
        }
        do throws(NetworkError) {
          _ = try NetworkProblem(task.specification, dataset: dataset, batchSize: task.batchSize)
        } catch {
          let issue = ScenarioIssue(path: scenario.path, line: nil, message: "network: \(error)")
          if !issues.contains(issue) { issues.append(issue) }
        }
      }
    }
    return issues
  }

  private static func trials(
    of scenario: Scenario, masterSeed: UInt64, datasets: DatasetShelf
  ) -> [Trial] {
    scenario.entrants.flatMap { entrant in
      (0..<scenario.seeds).map { seed in
        Trial(
          scenario: scenario.name, entrant: entrant, problem: scenario.problem(of: entrant),
          budget: scenario.budget(of: entrant), masterSeed: masterSeed, seedIndex: seed,
          datasets: datasets)
      }
    }
  }
}

extension Trial {
  /// - Parameter datasets: must hold the problem's.
  init(
    scenario: String, entrant: Entrant, problem: Scenario.Problem, budget: Scenario.Budget,
    masterSeed: UInt64, seedIndex: Int, datasets: DatasetShelf
  ) {
    self.init(
      scenario: scenario, entrant: entrant, problem: problem, budget: budget,
      masterSeed: masterSeed, seedIndex: seedIndex,
      configuration: TrialConfiguration(
        entrant: entrant, problem: problem, budget: budget, masterSeed: masterSeed,
        seedIndex: seedIndex, datasetDigest: datasets.digest(of: problem)),
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
      guard let dataset = datasets[task.dataset] else { return 0 }
      let parameters =
        (try? task.specification.parameterCount(
          featureCount: dataset.featureCount, classCount: dataset.classCount)) ?? 0
      return 8 * Double(epochs) * Double(parameters) * Double(dataset.train.count)
    default: return 1
    }
  }
}
