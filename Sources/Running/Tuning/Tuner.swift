package import Datasets
import Foundation
import Optimizers
package import Records
package import Scenarios

/// Searches the hyperparameters of a scenario's optimizers, each with the same number of trials.
///
/// Candidates are judged by the median over seeds that no run of the scenario ever uses, of the metric that
/// `Scenario.tuningMetric` names, at the end of each run, or of the evaluations until the target on a surface that has one. Equal accuracies are ordered by the loss over the same samples.
/// Trials are stored as they end, so that an interrupted search goes on where it stopped.
package struct Tuner: Sendable {
  /// The first of the seeds that searches use; `seeds:` of a scenario ends far below.
  static let firstSeed = 1_000_000

  let scenario: Scenario
  let settings: TuningSettings
  let masterSeed: UInt64
  let datasets: DatasetShelf
  /// Optimizers that differ in what is not searched; each is searched once.
  package let subjects: [Subject]

  /// An optimizer to search, and where.
  package struct Subject: Sendable {
    package var label: String
    package var space: [SearchDimension]
    var entrant: Entrant
    var task: String
    /// Settings that are not searched.
    var fixed: [String: Setting]
  }

  /// The data that searching `scenarios` needs, and running what was found.
  ///
  /// - Parameter directory: see `DatasetCatalogue.load`.
  package static func datasets(
    for scenarios: [Scenario], directory: String?
  ) throws(DatasetError) -> DatasetShelf {
    try DatasetShelf(for: scenarios + scenarios.map(\.heldOut), directory: directory)
  }

  /// - Parameter datasets: of `datasets(for:directory:)`.
  /// - Throws: `ScenarioError` for networks that do not suit the data or the memory; `TuningError` for optimizers without a space.
  package init(
    _ scenario: Scenario, settings: TuningSettings, masterSeed: UInt64, datasets: DatasetShelf,
    jobs: Int = 1
  ) throws {
    let metric = scenario.tuningMetric(settings)
    if let reason = metric.obstacle(toTuning: scenario.problems) {
      throw TuningError.unsuitable(scenario: scenario.name, metric: metric, reason: reason)
    }
    // With a sample held out, a batch may be too large that is not without.
    _ = try Plan(
      scenarios: [scenario.heldOut], masterSeed: masterSeed, datasets: datasets, jobs: jobs)
    self.scenario = scenario
    self.settings = settings
    self.masterSeed = masterSeed
    self.datasets = datasets
    let lostStarts = scenario.lostStarts(
      masterSeed: masterSeed, seeds: Self.firstSeed..<Self.firstSeed + settings.seeds)
    guard lostStarts.isEmpty else { throw ScenarioError.invalid(lostStarts) }
    var subjects: [Subject] = []
    for entrant in scenario.entrants {
      let subject = Subject(entrant, of: scenario, space: settings.space(of: entrant), datasets)
      guard !subject.space.isEmpty else {
        throw TuningError.nothingToSearch(scenario: scenario.name, optimizer: subject.label)
      }
      let isKnown = subjects.contains {
        $0.entrant.rule == entrant.rule && $0.task == subject.task && $0.fixed == subject.fixed
          && $0.space == subject.space
      }
      if !isKnown { subjects.append(subject) }
    }
    self.subjects = subjects
  }

  /// Repetitions of each candidate.
  package var seeds: Int { scenario.isRandom ? settings.seeds : 1 }

  /// What candidates are judged by.
  package var metric: Metric { scenario.tuningMetric(settings) }

  /// The target whose evaluations candidates are judged by, instead of the metric at the end.
  package var target: Target? { scenario.tuningTarget(settings) }

  /// Trials that the search of one optimizer has at most, its seeds among them; shorter ones count as one each.
  package func trialCount(of subject: Subject) -> Int {
    let count =
      switch settings.search {
      case .grid: gridCounts(of: subject).reduce(1, *)
      case .successiveHalving:
        Search.rungs(trials: settings.trials, length: scenario.budget(of: subject.entrant).length)
          .reduce(0) { $0 + $1.count }
      default: settings.trials
      }
    return count * seeds
  }

  /// How many values of each dimension a grid has; together no more than the trials asked for.
  package func gridCounts(of subject: Subject) -> [Int] {
    GridShape.counts(of: subject.space, trials: settings.trials)
  }

  /// Runs what the store does not hold, round by round, and stores the outcome of each optimizer.
  ///
  /// - Parameter observer: one for each round, which runs the candidates of all optimizers side by side.
  /// - Returns: The outcomes, or `nil` if it was cancelled.
  /// - Throws: `StoreError`, or `EngineError` for a trial that could not be run.
  package func run(
    store: Store, jobs: Int, fresh: Bool, cancellation: CancellationFlag,
    observer: (_ round: Int) -> any EngineObserver
  ) throws -> [TuningRecord]? {
    var sessions = subjects.map { TuningSession($0, of: self) }
    var round = 0
    while true {
      let proposed = sessions.indices.map { sessions[$0].propose() }
      let trials = proposed.flatMap { $0.flatMap(\.self) }
      guard !trials.isEmpty else { break }
      if target != nil { try discardEnds(among: trials, in: store) }
      let engine = Engine(
        plan: Plan(trials: trials, datasets: datasets), store: store, jobs: jobs,
        keepsCurves: false, cancellation: cancellation, observer: observer(round))
      let outcome = try engine.run(fresh: fresh)
      if let failure = outcome.failures.first { throw failure }
      guard outcome.missing == 0, !cancellation.isSet else { return nil }
      for (index, trials) in proposed.enumerated() {
        try sessions[index].observe(trials, in: store)
      }
      round += 1
    }
    let records = sessions.map { $0.record(of: self) }
    for record in records { try store.save(record) }
    return records
  }
}

extension Tuner {
  /// Removes the trials of which an earlier version kept only the ends, so that they run again.
  private func discardEnds(among trials: [Trial], in store: Store) throws(StoreError) {
    var ends: [String] = []
    for key in try store.heldKeys(among: trials.map(\.key)) {
      if let trial = try store.trial(key), !trial.hasDescent { ends.append(key) }
    }
    try store.discard(ends)
  }
}

/// Why a scenario cannot be tuned, or run as tuned.
package enum TuningError: Error, Equatable {
  case nothingToSearch(scenario: String, optimizer: String)
  /// A metric that cannot choose.
  case unsuitable(scenario: String, metric: Metric, reason: String)
  /// One line per optimizer whose search is missing.
  case untuned([String])
}

extension TuningError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nothingToSearch(let scenario, let optimizer):
      "\(scenario): nothing of \(optimizer) is left to search; give it a range in 'tuning: {space: …}'"
    case .unsuitable(let scenario, let metric, let reason):
      "\(scenario): cannot be tuned by \(metric.rawValue): \(reason)"
    case .untuned(let lines): lines.joined(separator: "\n")
    }
  }
}

extension Tuner.Subject {
  init(
    _ entrant: Entrant, of scenario: Scenario, space: [SearchDimension], _ datasets: DatasetShelf
  ) {
    let problem = scenario.problem(of: entrant)
    let data = problem.network.flatMap(datasets.entry(for:))
    let searched = space.map(\.name)
    self.init(
      label: entrant.searchLabel, space: space, entrant: entrant,
      task: problem.taskDigest(
        for: scenario.budget(of: entrant), stopping: scenario.stopping(of: entrant), data: data),
      fixed: entrant.settings.outside(searched))
  }
}

extension [String: Setting] {
  /// Settings that a search of some hyperparameters leaves alone. A wrapper's learning rate is the wrapped rule's.
  func outside(_ searched: some Collection<String>) -> Self {
    filter { name, _ in
      !searched.contains(name)
        && !(name.hasSuffix(".learning_rate") && searched.contains("learning_rate"))
    }
  }
}

extension Scenario.Budget {
  /// Steps or epochs.
  var length: Int {
    switch self {
    case .steps(let steps): steps
    case .epochs(let epochs): epochs
    }
  }

  func with(length: Int) -> Self {
    switch self {
    case .steps: .steps(length)
    case .epochs: .epochs(length)
    }
  }
}
