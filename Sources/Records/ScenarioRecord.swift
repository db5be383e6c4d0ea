/// A scenario, with everything that a report of its results needs.
package struct ScenarioRecord: Codable, Sendable, Equatable {
  /// The file's name without extension.
  package var name: String
  package var title: String
  /// The scenario's own problem; ``Participant/Variant/values`` say what variants change of it.
  package var problem: ProblemRecord
  package var budget: BudgetRecord
  /// Data that differ from what was published under their name; `nil` for none.
  package var foreignData: [ForeignData]?
  package var kind: Kind
  /// The metric that optimizers are ranked by, at its last recorded value.
  package var rankedBy: Metric
  package var target: Target?
  /// In the order of the file.
  package var optimizers: [Participant]
  package var trials: [TrialReference]
  /// Names of the charts that the scenario asks for.
  package var charts: [String]
  /// Present for surfaces of two coordinates.
  package var landscape: Landscape?
  /// Present for smoothing scenarios.
  package var smoothing: Smoothing?
  /// What its author says of it, such as what to see and where the hyperparameters come from; paragraphs apart by an
  /// empty line.
  package var about: String?
  /// The command that runs it, without restriction to some optimizers, such as `bench run saddle --quick`.
  package var command: String?
  /// What the command changed of the scenario's file, such as `adam.learning_rate=0.1`; `nil` if nothing.
  package var changes: [String]?
  /// Whether the loss has no lowest value; `nil` in older stores, which did not record it.
  package var isUnbounded: Bool?

  /// Whether seeds make a difference; `nil` in older stores, which did not record it.
  package var isRandom: Bool?
  /// Known lowest value of the surface; `nil` if it is not known, and in older stores.
  package var lowestValue: Double?
  /// Number of samples that the metric which ranks is a mean over; `nil` on surfaces and in older stores.
  package var rankedSamples: Int?

  package enum Kind: String, Codable, Sendable {
    case surface, network, smoothing
  }

  package init(
    name: String, title: String, problem: ProblemRecord, budget: BudgetRecord, kind: Kind,
    rankedBy: Metric,
    target: Target? = nil, optimizers: [Participant] = [], trials: [TrialReference] = [],
    charts: [String] = [], landscape: Landscape? = nil, smoothing: Smoothing? = nil,
    about: String? = nil, command: String? = nil, changes: [String]? = nil,
    isUnbounded: Bool? = nil, isRandom: Bool? = nil, lowestValue: Double? = nil,
    rankedSamples: Int? = nil
  ) {
    self.name = name
    self.title = title
    self.problem = problem
    self.budget = budget
    self.kind = kind
    self.rankedBy = rankedBy
    self.target = target
    self.optimizers = optimizers
    self.trials = trials
    self.charts = charts
    self.landscape = landscape
    self.smoothing = smoothing
    self.about = about
    self.command = command
    self.changes = changes
    self.isUnbounded = isUnbounded
    self.isRandom = isRandom
    self.lowestValue = lowestValue
    self.rankedSamples = rankedSamples
  }

  /// Seeds whose paths charts draw, from the first: see ``SurfaceRecord/drawnSeeds``.
  package var drawnSeeds: Int {
    if case .surface(let surface) = problem { surface.drawnSeeds } else { 1 }
  }

  /// Key paths that variants change, such as `problem.network.batch_size`.
  package var variedKeys: Set<String> {
    Set(optimizers.flatMap { $0.variant?.changes.keys.map(\.self) ?? [] })
  }
}

/// A value of a metric that counts as success; the first step at which it is reached is the time to target.
package struct Target: Codable, Sendable, Equatable {
  package var metric: Metric
  package var value: Double

  package init(metric: Metric, value: Double) {
    self.metric = metric
    self.value = value
  }

  package func isReached(by observed: Double) -> Bool {
    metric.largerIsBetter ? observed >= value : observed <= value
  }
}

/// An optimizer of a scenario.
package struct Participant: Codable, Sendable, Equatable {
  /// Unique within its scenario; what charts and CSV files call it.
  package var label: String
  /// Name of the update rule in the catalogue.
  package var rule: String
  /// Every hyperparameter with the value used.
  package var hyperparameters: [String: Setting]
  /// Which of the scenario's variants it runs on, if it has any.
  package var variant: Variant?
  /// The search that its hyperparameters were found by, such as `halton search of 20 trials with 3 seeds each, by loss`.
  package var tuning: String?
  /// ``SettingsKind/defaults`` or ``SettingsKind/handPicked``; `nil` in older stores. See ``settingsKind``.
  package var chosenSettings: SettingsKind?
  /// Known lowest value of the surface that its variant runs on, where that is another one.
  package var lowestValue: Double?

  /// A setting that is compared: what it changes of the scenario.
  package struct Variant: Codable, Sendable, Equatable {
    package var label: String
    /// The optimizer's label without the variant's.
    package var optimizer: String
    /// Values by key path, such as `problem.network.batch_size`; lists and mappings as text.
    package var changes: [String: Setting]
    /// Values of all keys that any variant changes, the scenario's own where this one leaves them; `nil` in records from before
    /// they were kept.
    package var values: [String: Setting]?
    /// What the label is composed of; `nil` if it was given as a whole, and in records from before parts were kept.
    package var labelParts: [LabelPart]?

    /// The text that one changed key contributes to the label.
    package struct LabelPart: Codable, Sendable, Equatable {
      /// Key path, such as `problem.network.batch_size`.
      package var key: String
      package var text: String

      package init(key: String, text: String) {
        self.key = key
        self.text = text
      }
    }

    package init(
      label: String, optimizer: String, changes: [String: Setting],
      values: [String: Setting]? = nil, labelParts: [LabelPart]? = nil
    ) {
      self.labelParts = labelParts
      self.label = label
      self.optimizer = optimizer
      self.changes = changes
      self.values = values
    }
  }

  package init(
    label: String, rule: String, hyperparameters: [String: Setting], variant: Variant? = nil,
    tuning: String? = nil, chosenSettings: SettingsKind? = nil, lowestValue: Double? = nil
  ) {
    self.label = label
    self.rule = rule
    self.hyperparameters = hyperparameters
    self.variant = variant
    self.tuning = tuning
    self.chosenSettings = chosenSettings
    self.lowestValue = lowestValue
  }
}

/// One trial of a scenario. `seed` counts from 0.
package struct TrialReference: Codable, Sendable, Equatable {
  package var optimizer: String
  package var seed: Int
  package var key: String

  package init(optimizer: String, seed: Int, key: String) {
    self.optimizer = optimizer
    self.seed = seed
    self.key = key
  }
}
