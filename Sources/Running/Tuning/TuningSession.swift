import Analysis
import Optimizers
import Parameters
import Records
import Scenarios
import Statistics
import Surfaces

/// The search of one optimizer, while it lasts.
struct TuningSession {
  private let subject: Tuner.Subject
  /// With samples held out.
  private let scenario: Scenario
  private let masterSeed: UInt64
  private let seeds: Int
  private let metric: Metric
  /// See `TuningRecord.target`.
  private let target: Target?
  private let datasets: DatasetShelf
  private var search: Search
  private var runs: [[TuningRecord.Run]] = []
  private var untrained: [Double] = []

  init(_ subject: Tuner.Subject, of tuner: Tuner) {
    self.subject = subject
    scenario = tuner.scenario.heldOut
    masterSeed = tuner.masterSeed
    seeds = tuner.seeds
    metric = tuner.metric
    target = tuner.target
    datasets = tuner.datasets
    search = Search(
      tuner.settings.search, space: subject.space, trials: tuner.settings.trials,
      length: scenario.budget(of: subject.entrant).length, masterSeed: tuner.masterSeed)
  }

  /// The trials of the next round, for each candidate one per seed; none when the search is over.
  mutating func propose() -> [[Trial]] {
    search.next().map { candidate in
      var entrant = subject.entrant.with(drawn: candidate.settings)
      entrant.variant = scenario.entrants.first { $0.label == entrant.label }?.variant
      return (0..<seeds).map { seed in
        Trial(
          scenario: scenario.name, entrant: entrant, problem: scenario.problem(of: entrant),
          budget: scenario.budget(of: entrant).with(length: candidate.length),
          stopping: scenario.stopping(of: entrant), masterSeed: masterSeed,
          seedIndex: Tuner.firstSeed + seed, datasets: datasets)
      }
    }
  }

  /// Reads how the trials of the round did.
  mutating func observe(_ trials: [[Trial]], in store: Store) throws(StoreError) {
    var scores: [Search.Score] = []
    for candidate in trials {
      var own: [TuningRecord.Run] = []
      var losses: [Double] = []
      for (seed, trial) in candidate.enumerated() {
        guard let record = try store.trial(trial.key) else {
          throw .damaged(path: store.path, reason: "trial \(trial.key) is gone")
        }
        if target == nil, let first = record.curve(metric)?.values.first, first.isFinite {
          untrained.append(first)
        }
        own.append(
          TuningRecord.Run(
            seed: seed, key: trial.key, divergedStep: record.status.divergedStep,
            value: target.map(record.evaluations(until:)) ?? record.outcome(of: metric)))
        if let loss = target == nil ? metric.lossOfSameSet : metric {
          losses.append(record.outcome(of: loss))
        }
      }
      runs.append(own)
      scores.append(score(own.map(\.value), losses))
    }
    search.observe(scores)
  }

  /// Of a candidate, in the order of the ranking: by the median; of evaluations to a target, those that most runs missed by the share of
  /// runs that did, then by the median loss, which says nothing without a lowest value.
  private func score(_ values: [Double], _ losses: [Double]) -> Search.Score {
    guard target != nil else {
      return Search.Score(
        metric.cost(median(of: values)), tieBreak: losses.isEmpty ? 0 : median(of: losses))
    }
    let missed = Double(values.count { !$0.isFinite }) / Double(values.count)
    let fallback = isUnbounded ? (missed < 1 ? 0 : nil) : median(of: losses)
    return Search.Score(median(of: values), tieBreak: missed, fallback: fallback)
  }

  private var isUnbounded: Bool {
    guard case .surface(let problem) = scenario.problem(of: subject.entrant) else { return false }
    return !problem.surface.isBoundedBelow
  }

  func record(of tuner: Tuner) -> TuningRecord {
    let candidates = zip(search.candidates, runs).map { candidate, runs in
      TuningRecord.Candidate(
        settings: candidate.settings.mapValues(Setting.init), shares: candidate.shares,
        round: candidate.round, length: candidate.length, runs: runs,
        score: median(of: runs.map(\.value)))
    }
    return TuningRecord(
      scenario: scenario.name, optimizer: subject.label, rule: subject.entrant.rule,
      search: search.method.rawValue, isAdaptive: search.method.isAdaptive, metric: metric,
      target: target,
      trials: search.trials, length: search.length, seeds: seeds, task: subject.task,
      fixed: subject.fixed, space: subject.space.map(TuningRecord.Dimension.init),
      candidates: candidates, untrained: untrained.isEmpty ? nil : median(of: untrained),
      chosen: search.best)
  }
}

extension TrialRecord {
  /// Losses and gradients evaluated until a target was first reached; infinite if it was not.
  fileprivate func evaluations(until target: Target) -> Double {
    steps(to: target).map { countedEvaluations(by: Double($0), of: target.metric) } ?? .infinity
  }
}

extension TuningRecord.Dimension {
  fileprivate init(_ dimension: SearchDimension) {
    switch dimension.values {
    case .range(let range):
      self.init(
        name: dimension.name, scale: range.scale.rawValue, lower: range.bounds.lowerBound,
        upper: range.bounds.upperBound)
    case .choices(let choices):
      self.init(name: dimension.name, choices: choices.map(Setting.init))
    }
  }
}

extension Entrant {
  /// The entrant with some hyperparameters of its rule changed.
  ///
  /// - Throws: if the rule does not have one of them, or does not allow its value.
  func with(_ settings: [String: ParameterValue]) throws(ParameterError) -> Entrant {
    var entrant = self
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
      try entrant.optimizer.set(name, to: value)
    }
    return entrant
  }

  /// The same for values that a search drew: their ranges were checked when they were read.
  func with(drawn settings: [String: ParameterValue]) -> Entrant {
    do {
      return try with(settings)
    } catch {
      preconditionFailure("a search draws from ranges that were checked: \(error)")
    }
  }
}
