/// What a search of one optimizer's hyperparameters tried, and what it chose.
package struct TuningRecord: Codable, Sendable, Equatable {
  /// Name of the scenario that was tuned.
  package var scenario: String
  /// The optimizer's label there.
  package var optimizer: String
  /// Name of the update rule in the catalogue.
  package var rule: String
  /// How candidates were chosen, such as `halton`.
  package var search: String
  /// Whether later candidates depended on how earlier ones did.
  package var isAdaptive: Bool
  /// What candidates were judged by, at its last value.
  package var metric: Metric
  /// Where candidates were judged by their evaluations until this loss, and not by the metric at the end.
  package var target: Target?
  /// Full trials that were paid for, the same for every optimizer of the scenario; shorter ones count as shares.
  package var trials: Int
  /// Steps or epochs of a full trial.
  package var length: Int
  /// Seeds that each candidate was run with; none of them is ever reported on.
  package var seeds: Int
  /// Digest of the problem, its data and the budget.
  package var task: String
  /// Hyperparameters, and what surrounds the rule, that were not searched.
  package var fixed: [String: Setting]
  package var space: [Dimension]
  /// In the order in which they were tried.
  package var candidates: [Candidate]
  /// Median of the metric before training; `nil` where it is not recorded.
  package var untrained: Double?
  /// Index of the best candidate that had the whole budget; `nil` if all of these diverged.
  package var chosen: Int?

  /// A hyperparameter that was searched.
  package struct Dimension: Codable, Sendable, Equatable {
    package var name: String
    /// `linear`, `log` or `complement`; `nil` for a list of values.
    package var scale: String?
    package var lower: Double?
    package var upper: Double?
    /// The values of a list.
    package var choices: [Setting]?

    package init(
      name: String, scale: String? = nil, lower: Double? = nil, upper: Double? = nil,
      choices: [Setting]? = nil
    ) {
      self.name = name
      self.scale = scale
      self.lower = lower
      self.upper = upper
      self.choices = choices
    }
  }

  /// One choice of hyperparameters and how it did.
  package struct Candidate: Codable, Sendable, Equatable {
    /// The searched hyperparameters.
    package var settings: [String: Setting]
    /// How far through each dimension of the space it lies, 0 to 1.
    package var shares: [Double]
    /// Counted from 0; later rounds know of the former.
    package var round: Int
    /// Steps or epochs that it was given.
    package var length: Int
    package var runs: [Run]
    /// Median of the runs' values; the worst there is for one that diverged or missed the target.
    package var score: Double

    package init(
      settings: [String: Setting], shares: [Double], round: Int, length: Int, runs: [Run],
      score: Double
    ) {
      self.settings = settings
      self.shares = shares
      self.round = round
      self.length = length
      self.runs = runs
      self.score = score
    }
  }

  /// A candidate with one seed.
  package struct Run: Codable, Sendable, Equatable {
    package var seed: Int
    /// Of its trial.
    package var key: String
    package var divergedStep: Int?
    /// The metric at the end, or the evaluations until the target.
    package var value: Double

    package init(seed: Int, key: String, divergedStep: Int?, value: Double) {
      self.seed = seed
      self.key = key
      self.divergedStep = divergedStep
      self.value = value
    }
  }

  package init(
    scenario: String, optimizer: String, rule: String, search: String, isAdaptive: Bool,
    metric: Metric, target: Target? = nil, trials: Int, length: Int, seeds: Int, task: String,
    fixed: [String: Setting] = [:], space: [Dimension], candidates: [Candidate],
    untrained: Double? = nil, chosen: Int?
  ) {
    self.scenario = scenario
    self.optimizer = optimizer
    self.rule = rule
    self.search = search
    self.isAdaptive = isAdaptive
    self.metric = metric
    self.target = target
    self.trials = trials
    self.length = length
    self.seeds = seeds
    self.task = task
    self.fixed = fixed
    self.space = space
    self.candidates = candidates
    self.untrained = untrained
    self.chosen = chosen
  }

  /// One line, such as `halton search of 20 trials with 3 seeds each, by validation_accuracy`.
  package var summary: String {
    "\(search) search of \(trials) trial\(trials == 1 ? "" : "s") with \(seeds) seed\(seeds == 1 ? "" : "s") each, by \(criterion)"
  }

  /// What candidates were judged by, as in tables.
  package var criterion: String { Self.criterion(metric, target) }

  /// The metric, or `evaluations_to_target`.
  package static func criterion(_ metric: Metric, _ target: Target?) -> String {
    target == nil ? metric.rawValue : "evaluations_to_target"
  }

  /// The settings that were chosen.
  package var best: [String: Setting]? { chosen.map { candidates[$0].settings } }
}
