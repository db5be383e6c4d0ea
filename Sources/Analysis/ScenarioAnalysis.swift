package import Records

/// Analysis of a scenario's runs for tables, charts, page, gate and comparisons, from one reading of its trials.
///
/// The outcome of each run is computed immediately; statistics are computed once, at their first use.
package struct ScenarioAnalysis: Sendable {
  package let result: ScenarioResult
  /// One per run of `result.runs`.
  package let outcomes: [TrialOutcome]
  /// One per run of `result.interrupted`.
  package let interruptedOutcomes: [TrialOutcome]
  /// Optimizers with runs, in the scenario's order.
  let groups: [Group]
  private let findings: Findings

  package var scenario: ScenarioRecord { result.scenario }

  /// The runs of one optimizer.
  struct Group: Sendable {
    var optimizer: String
    var seeds: [Int]
    var trials: [TrialRecord]
    var outcomes: [TrialOutcome]
  }

  package init(_ result: ScenarioResult) {
    let scenario = result.scenario
    let outcomes = result.runs.map { TrialOutcome($0.trial, in: scenario) }
    let places = Dictionary(grouping: result.runs.indices) { result.runs[$0].optimizer }
    let groups = scenario.optimizers.compactMap { participant in
      places[participant.label].map { own in
        Group(
          optimizer: participant.label, seeds: own.map { result.runs[$0].seed },
          trials: own.map { result.runs[$0].trial }, outcomes: own.map { outcomes[$0] })
      }
    }
    self.result = result
    self.outcomes = outcomes
    interruptedOutcomes = result.interrupted.map { TrialOutcome($0.trial, in: scenario) }
    self.groups = groups
    findings = Findings(result, groups)
  }

  /// Results of each optimizer, in the scenario's order.
  package var summaries: [OptimizerSummary] { findings.summaries.value }
  /// The order of the optimizers, and what it rests on.
  package var ranking: ScenarioRanking { findings.ranking.value }
  /// Optimizers with the first rank; none if no optimizer has a result.
  package var winners: [OptimizerSummary] { summaries.winners }
  /// The first optimizers and those that no test can tell from them; `nil` if none has a result, or only one ran.
  package var best: BestSet? { findings.best.value }
  /// Pairs of optimizers over their common seeds.
  package var pairs: [PairwiseComparison] { findings.pairs.value }
  /// What the tests of these pairs can show at best; `nil` without a pair.
  package var reach: TestReach? { TestReach(pairs: pairs.map(\.pairs)) }
  /// What other runs and the curvature say about each learning rate, by optimizer.
  package var rateAdvice: [String: RateAdvice] { findings.rateAdvice.value }
  /// Targets of the runs, from the easiest to the hardest.
  package var ladder: TargetLadder { findings.ladder.value }
  /// Fractions of these targets that each optimizer reached; empty without targets.
  package var profiles: [TargetProfile] { findings.profiles.value }
  /// `nil` for fewer than two optimizers.
  package var standing: ScenarioStanding? {
    ScenarioStanding(scenario, summaries, best, profiles)
  }
  /// Precisions and the target, from the easiest to the hardest, with the effort of each optimizer; empty for networks.
  package var solving: [SolvingSummary] { SolvingSummary.all(of: groups, in: result) }

  /// Diagnoses of an optimizer's runs.
  package func diagnosis(of optimizer: String) -> AgreedDiagnosis {
    AgreedDiagnosis(
      groups.first { $0.optimizer == optimizer }?.outcomes.map(\.diagnosis) ?? [])
  }

  /// All runs with their outcomes, including interrupted ones, in the order of the scenario's trials.
  package var allRuns: [(run: ScenarioResult.Run, outcome: TrialOutcome)] {
    let runs = zip(result.runs, outcomes).map { (run: $0, outcome: $1) }
    guard !result.interrupted.isEmpty else { return runs }
    let places = Dictionary(
      scenario.trials.enumerated().map { ("\($1.optimizer)\n\($1.seed)", $0) },
      uniquingKeysWith: { first, _ in first })
    func place(_ run: ScenarioResult.Run) -> Int {
      places["\(run.optimizer)\n\(run.seed)"] ?? .max
    }
    return (runs + zip(result.interrupted, interruptedOutcomes).map { (run: $0, outcome: $1) })
      .sorted { place($0.run) < place($1.run) }
  }

  /// Analysis of some of the optimizers, from the trials that were read.
  package func restricted(to scenario: ScenarioRecord) -> ScenarioAnalysis {
    scenario.trials == self.scenario.trials && scenario.optimizers == self.scenario.optimizers
      ? self : ScenarioAnalysis(result.restricted(to: scenario))
  }
}

/// Statistics that are computed at their first use.
private struct Findings: Sendable {
  let ranking: Deferred<ScenarioRanking>
  let summaries: Deferred<[OptimizerSummary]>
  let pairs: Deferred<[PairwiseComparison]>
  let best: Deferred<BestSet?>
  let ladder: Deferred<TargetLadder>
  let profiles: Deferred<[TargetProfile]>
  let rateAdvice: Deferred<[String: RateAdvice]>

  init(_ result: ScenarioResult, _ groups: [ScenarioAnalysis.Group]) {
    let scenario = result.scenario
    let ladder = Deferred { TargetLadder(result) }
    self.ladder = ladder
    let ranking = Deferred { ScenarioRanking(groups, in: result) }
    self.ranking = ranking
    summaries = Deferred { OptimizerSummary.all(of: groups, ranking.value, in: scenario) }
    pairs = Deferred { PairwiseComparison.all(of: groups, ranking.value, in: scenario) }
    best = Deferred { [summaries, pairs] in
      BestSet(
        summaries.value, pairs.value, isRandom: scenario.isRandom ?? (scenario.kind == .network))
    }
    rateAdvice = Deferred { RateAdvice.all(of: groups, in: scenario) }
    profiles = Deferred {
      let ladder = ladder.value
      return ladder.targets.isEmpty ? [] : groups.map { TargetProfile($0, ladder) }
    }
  }
}

extension ScenarioResult {
  /// The runs that belong to `scenario`.
  fileprivate func restricted(to scenario: ScenarioRecord) -> ScenarioResult {
    let wanted = Set(scenario.trials.map { "\($0.optimizer)\n\($0.seed)\n\($0.key)" })
    func isWanted(_ run: Run) -> Bool {
      wanted.contains("\(run.optimizer)\n\(run.seed)\n\(run.trial.key)")
    }
    return ScenarioResult(
      scenario: scenario, runs: runs.filter(isWanted), interrupted: interrupted.filter(isWanted))
  }
}
