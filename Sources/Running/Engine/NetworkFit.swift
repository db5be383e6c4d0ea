import Datasets
import Networks
import Optimizers
import Scenarios

/// Whether networks suit the data that were found, which may be other than published, and the memory there is.
struct NetworkFit {
  let datasets: DatasetShelf
  /// Trials that run at once.
  let jobs: Int
  /// Bytes.
  let memoryLimit: Int
  /// Bytes; `nil` without a limit.
  let addressSpace: Int?

  /// Bytes of address space that a thread takes beside its trial and OpenBLAS: its stack.
  private static let bytesPerThread = 8 << 20
  /// What a run maps beside its trials: the store, tables, the memory allocator.
  private static let bytesOfTheRest = 64 << 20

  /// What is wrong, each thing once per scenario; nothing large is allocated on the way.
  func issues(among scenarios: [Scenario]) -> [ScenarioIssue] {
    var issues: [ScenarioIssue] = []
    for scenario in scenarios {
      for entrant in scenario.entrants {
        guard let task = scenario.problem(of: entrant).network,
          let dataset = datasets.dataset(for: task),
          let (reason, line) = issue(of: task, on: dataset, entrant)
        else { continue }
        let issue = ScenarioIssue(
          path: scenario.path, line: line, message: "network: \(reason)")
        if !issues.contains(issue) { issues.append(issue) }
        // Without variants, what is wrong for one optimizer is wrong for others.
        if entrant.variant == nil { break }
      }
    }
    return issues
  }

  private func issue(
    of task: NetworkTask, on dataset: Dataset, _ entrant: Entrant
  ) -> (reason: String, line: Int?)? {
    let batchSize = task.batchSize.count(of: dataset.train.count)
    do throws(NetworkError) {
      guard (1...dataset.train.count).contains(batchSize) else {
        throw .batchSize(batchSize, sampleCount: dataset.train.count)
      }
      if let issue = try memoryIssue(task, dataset, entrant, batchSize: batchSize) {
        return (issue, task.line)
      }
      _ = try NetworkProblem(
        task.specification, dataset: dataset, batchSize: batchSize, lastBatch: task.lastBatch)
      return nil
    } catch {
      return ("\(error)", error.isAboutBatches ? task.batchSizeLine ?? task.line : task.line)
    }
  }

  /// Trials that do not fit into memory together with the data.
  private func memoryIssue(
    _ task: NetworkTask, _ dataset: Dataset, _ entrant: Entrant, batchSize: Int
  ) throws(NetworkError) -> String? {
    // Bytes of one more parameter: some rules keep numbers that do not grow with them.
    let stateBytes =
      entrant.optimizer.stepper(count: 2, as: Float.self).stateBytes
      - entrant.optimizer.stepper(count: 1, as: Float.self).stateBytes
    let trial = try task.specification.trainingBytes(
      form: dataset.form, batchSize: batchSize,
      stateBytesPerParameter: stateBytes)
    let data = datasets.byteCount
    let (trials, overflow) = trial.multipliedReportingOverflow(by: jobs)
    guard overflow || trials > memoryLimit - data else { return addressSpaceIssue(trial) }
    let remedy =
      jobs > 1 && trial <= memoryLimit - data
      ? "fewer --jobs than \(jobs) would fit" : "a smaller network or batch is needed"
    return
      "training takes about \(MemoryLimit.text(trial)) of memory with \(entrant.label)\(jobs > 1 ? " for each of \(jobs) trials at once" : ""), the data \(MemoryLimit.text(data)), and there are \(MemoryLimit.text(memoryLimit)); \(remedy)"
  }

  /// Trials that fit into memory, but not into what the process may map.
  private func addressSpaceIssue(_ trial: Int) -> String? {
    guard let addressSpace else { return nil }
    let own = trial + OpenBLAS.bytesPerThread + Self.bytesPerThread
    let needed = own * jobs + Self.bytesOfTheRest
    guard needed > addressSpace else { return nil }
    let fewer = jobs > 1 && own + Self.bytesOfTheRest <= addressSpace
    return
      "training takes about \(MemoryLimit.text(needed)) of address space\(jobs > 1 ? " for \(jobs) trials at once" : ""), and the process may map \(MemoryLimit.text(addressSpace)) more; \(fewer ? "fewer --jobs than \(jobs) or " : "")a larger 'ulimit -v' is needed"
  }
}

extension NetworkError {
  fileprivate var isAboutBatches: Bool {
    switch self {
    case .batchSize, .batchTooLarge, .singleSample: true
    default: false
    }
  }
}
