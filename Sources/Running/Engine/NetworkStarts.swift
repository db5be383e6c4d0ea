import Datasets
import Networks
import Scenarios

/// Networks whose initial parameters have no finite loss, from which no optimizer can make a step.
struct NetworkStarts {
  let datasets: DatasetShelf
  let masterSeed: UInt64

  /// One issue per network and data set, by the parameters of the first seed: others come from the same distributions.
  func issues(among scenarios: [Scenario]) -> [ScenarioIssue] {
    var seen: Set<String> = []
    return scenarios.flatMap { scenario in
      scenario.entrants.compactMap { entrant in
        let problem = scenario.problem(of: entrant)
        guard let task = problem.network, let entry = datasets.entry(for: task),
          seen.insert(
            problem.taskDigest(for: .epochs(1), stopping: StoppingRules(), data: entry)
          ).inserted, let loss = loss(of: task, on: entry.dataset), !loss.isFinite
        else { return nil }
        return ScenarioIssue(
          path: scenario.path, line: task.line,
          message:
            "network: the loss at the start is not finite: \(loss.isNaN ? "nan" : "\(loss)"), with \(entrant.label) and seed 0"
        )
      }
    }
  }

  /// `nil` for a network that does not suit its data, which is reported elsewhere.
  private func loss(of task: NetworkTask, on dataset: Dataset) -> Double? {
    let problem = try? NetworkProblem(
      task.specification, dataset: dataset,
      batchSize: task.batchSize.count(of: dataset.train.count),
      lastBatch: task.lastBatch)
    return problem.map {
      $0.startingLoss(
        parameters: $0.initialParameters(masterSeed: masterSeed, seedIndex: 0).span)
    }
  }
}
