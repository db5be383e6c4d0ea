import Records

/// One of the settings that a scenario compares instead of, or beside, its optimizers.
public struct ScenarioVariant: Sendable {
  /// Unique within the scenario.
  public var label: String
  /// The optimizer's label without the variant's.
  public var optimizer: String
  /// The same without what tells that it is tuned.
  var searchOptimizer: String
  /// Values by key path, such as `problem.network.batch_size`; lists and mappings as text.
  public var changes: [String: Setting]
  /// Values of all keys that any variant changes, the scenario's own where this one leaves them.
  public var values: [String: Setting] = [:]
  public var problem: Scenario.Problem
  public var budget: Scenario.Budget
  public var stopping = StoppingRules()
}

extension Scenario {
  /// What an entrant runs on.
  public func problem(of entrant: Entrant) -> Problem { entrant.variant?.problem ?? problem }

  /// How long an entrant runs.
  public func budget(of entrant: Entrant) -> Budget { entrant.variant?.budget ?? budget }

  /// What ends an entrant before its budget does.
  public func stopping(of entrant: Entrant) -> StoppingRules {
    entrant.variant?.stopping ?? stopping
  }

  /// The problems that are run: the scenario's own where there are no variants.
  public var problems: [Problem] {
    let own = entrants.compactMap { $0.variant?.problem }
    return own.count == entrants.count && !own.isEmpty ? own : [problem] + own
  }

  /// Key paths that variants change, sorted.
  public var variedKeys: [String] {
    Set(entrants.flatMap { $0.variant?.changes.keys.map(\.self) ?? [] }).sorted()
  }
}
