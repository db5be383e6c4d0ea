import Dispatch
package import Records

/// Reading of a scenario's trials, once per report.
package enum ScenarioReading {
  /// Trials that a thread loads at a time. A trial may have several hundred thousand points.
  private static let chunk = 4

  /// Loads every trial once, a few at a time on several threads, and analyzes them.
  ///
  /// Paths are most of the data of a surface. `prepare` sees the path of every trial; afterwards only the paths that charts draw are
  /// kept: those of the first seeds where starts differ, or else that of each optimizer's lowest seed.
  /// - Parameters:
  ///   - jobs: Number of threads.
  ///   - prepare: Makes something from complete trials, such as rows of tables; called on any thread.
  ///   - receive: Called with the prepared values in the order of the trials, by one thread at a time.
  /// - Throws: Errors of loading or of `receive`.
  package static func read<Prepared: Sendable>(
    _ scenario: ScenarioRecord, from source: any ResultSource, jobs: Int,
    prepare: @escaping @Sendable (ScenarioResult) -> Prepared,
    receive: @escaping (Prepared) throws -> Void
  ) throws -> ScenarioAnalysis {
    let places = scenario.trials.indices
    let chunks = stride(from: places.lowerBound, to: places.upperBound, by: chunk).map {
      $0..<min($0 + chunk, places.upperBound)
    }
    let threads = max(1, min(jobs, chunks.count))
    var collector = Collector(scenario)
    let queue = OrderedQueue<(Prepared, ScenarioResult)>(
      count: chunks.count, ahead: 2 * threads
    ) { prepared, part in
      collector.add(part)
      try receive(prepared)
    }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while let index = queue.next() {
        do {
          let part = try source.result(of: scenario, places: chunks[index], trajectories: .all)
          try queue.handIn((prepare(part), part), as: index)
        } catch { queue.fail(with: error) }
      }
    }
    if let failure = queue.failure { throw failure }
    return ScenarioAnalysis(collector.result)
  }
}

/// Builder of a result from parts; data that trials share are in memory once.
private struct Collector {
  private(set) var result: ScenarioResult
  /// Index of each optimizer's run with the lowest seed.
  private var first: [String: Int] = [:]
  private var steps: [StepsKey: [Int]] = [:]
  private var environments: Set<RunEnvironment> = []

  private struct StepsKey: Hashable {
    var count: Int
    var first: Int?
    var last: Int?
  }

  private let drawnSeeds: Int

  init(_ scenario: ScenarioRecord) {
    result = ScenarioResult(scenario: scenario, runs: [])
    drawnSeeds = scenario.drawnSeeds
  }

  mutating func add(_ part: ScenarioResult) {
    result.interrupted += part.interrupted
    for var run in part.runs {
      share(&run.trial)
      guard drawnSeeds == 1 else {
        if run.seed >= drawnSeeds { run.trial.trajectory = nil }
        result.runs.append(run)
        continue
      }
      let former = first[run.optimizer]
      if let former, result.runs[former].seed <= run.seed {
        run.trial.trajectory = nil
      } else {
        if let former { result.runs[former].trial.trajectory = nil }
        first[run.optimizer] = result.runs.count
      }
      result.runs.append(run)
    }
  }

  private mutating func share(_ trial: inout TrialRecord) {
    for index in trial.curves.indices {
      trial.curves[index].steps = shared(trial.curves[index].steps)
      trial.curves[index].epochs = trial.curves[index].epochs.map { shared($0) }
    }
    if let steps = trial.trajectory?.steps { trial.trajectory?.steps = shared(steps) }
    if let environment = trial.environment {
      trial.environment = environments.insert(environment).memberAfterInsert
    }
  }

  private mutating func shared(_ numbers: [Int]) -> [Int] {
    let key = StepsKey(count: numbers.count, first: numbers.first, last: numbers.last)
    if let known = steps[key], known == numbers { return known }
    steps[key] = numbers
    return numbers
  }
}
