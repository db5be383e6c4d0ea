import Optimizers
import Problems

/// Whether networks suit the data that were found, which may be other than published, and the memory there is.
struct NetworkFit {
  let datasets: DatasetShelf
  /// Trials that run at once.
  let jobs: Int
  /// Bytes.
  let memoryLimit: Int

  /// What is wrong, one issue per scenario; nothing large is allocated on the way.
  func issues(among scenarios: [Scenario]) -> [ScenarioIssue] {
    scenarios.compactMap { scenario in
      guard case .network(let task) = scenario.problem,
        let dataset = datasets.dataset(for: task)
      else { return nil }
      return issue(of: task, on: dataset, scenario.entrants).map {
        ScenarioIssue(path: scenario.path, line: nil, message: "network: \($0)")
      }
    }
  }

  private func issue(
    of task: NetworkTask, on dataset: Dataset, _ entrants: [Entrant]
  ) -> String? {
    let batchSize = task.batchSize.count(of: dataset.train.count)
    do throws(NetworkError) {
      guard (1...dataset.train.count).contains(batchSize) else {
        throw .batchSize(batchSize, sampleCount: dataset.train.count)
      }
      if let issue = try memoryIssue(task, dataset, entrants, batchSize: batchSize) { return issue }
      _ = try NetworkProblem(
        task.specification, dataset: dataset, batchSize: batchSize, lastBatch: task.lastBatch)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Trials that do not fit into memory together with the data.
  private func memoryIssue(
    _ task: NetworkTask, _ dataset: Dataset, _ entrants: [Entrant], batchSize: Int
  ) throws(NetworkError) -> String? {
    let states = entrants.map {
      (label: $0.label, bytes: $0.optimizer.stepper(count: 1, as: Float.self).stateBytes)
    }
    let largest = states.max { $0.bytes < $1.bytes }
    let trial = try task.specification.trainingBytes(
      featureCount: dataset.featureCount, classCount: dataset.classCount, batchSize: batchSize,
      stateBytesPerParameter: largest?.bytes ?? 0)
    let data = datasets.byteCount
    let (trials, overflow) = trial.multipliedReportingOverflow(by: jobs)
    guard overflow || trials > memoryLimit - data else { return nil }
    let remedy =
      jobs > 1 && trial <= memoryLimit - data
      ? "fewer --jobs than \(jobs) would fit" : "a smaller network or batch is needed"
    return
      "training takes about \(MemoryLimit.text(trial)) of memory\(largest.map { " with \($0.label)" } ?? "")\(jobs > 1 ? " for each of \(jobs) trials at once" : ""), the data \(MemoryLimit.text(data)), and there are \(MemoryLimit.text(memoryLimit)); \(remedy)"
  }
}
