import Datasets
import Networks
import Optimizers
import Scenarios

/// Runs in which no update can change anything, because the schedule's rate is 0 for all of them.
struct IdleRuns {
  let datasets: DatasetShelf

  func issues(among scenarios: [Scenario]) -> [ScenarioIssue] {
    scenarios.flatMap { scenario in
      scenario.entrants.compactMap { entrant in
        guard let schedule = entrant.schedule, !schedule.schedule.watchesTraining,
          let updates = updates(of: entrant, in: scenario)
        else { return nil }
        let positions =
          if schedule.unit == .epoch, case .epochs(let epochs) = scenario.budget(of: entrant) {
            epochs
          } else {
            updates
          }
        var course = ScheduleCourse(
          schedule.schedule, base: entrant.optimizer.learningRate, total: positions)
        guard (0..<positions).allSatisfy({ course.rate(at: $0) == 0 }) else { return nil }
        return ScenarioIssue(
          path: scenario.path, line: nil,
          message:
            "\(entrant.label) would make no update: its schedule gives the learning rate 0 for \(positions == 1 ? "the only \(schedule.unit)" : "all \(positions) \(schedule.unit)s")"
            + (entrant.pipeline.microBatches > 1
              ? "; with 'accumulate: \(entrant.pipeline.microBatches)' the run has \(updates) update\(updates == 1 ? "" : "s")"
              : ""))
      }
    }
  }

  private func updates(of entrant: Entrant, in scenario: Scenario) -> Int? {
    switch (scenario.problem(of: entrant), scenario.budget(of: entrant)) {
    case (.surface, .steps(let steps)): return entrant.updates(of: steps)
    case (.network(let task), .epochs(let epochs)):
      guard let dataset = datasets.dataset(for: task) else { return nil }
      let samples = dataset.train.count
      let size = task.batchSize.count(of: samples)
      let batches = task.lastBatch == .keep ? (samples - 1) / size + 1 : samples / size
      return entrant.updates(of: epochs * batches)
    default: return nil
    }
  }
}

extension Entrant {
  /// Updates that `gradients` of them make: the last one may be of fewer than the others.
  func updates(of gradients: Int) -> Int {
    max(1, (gradients - 1) / pipeline.microBatches + 1)
  }
}
