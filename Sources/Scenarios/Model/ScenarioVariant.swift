package import Records

/// One of the settings that a scenario compares instead of, or beside, its optimizers.
package struct ScenarioVariant: Sendable {
  /// Unique within the scenario.
  package var label: String
  /// The optimizer's label without the variant's.
  package var optimizer: String
  /// The same without what tells that it is tuned.
  package var searchOptimizer: String
  /// Values by key path, such as `problem.network.batch_size`; lists and mappings as text.
  package var changes: [String: Setting]
  /// Values of all keys that any variant changes, the scenario's own where this one leaves them.
  package var values: [String: Setting] = [:]
  package var problem: Scenario.Problem
  package var budget: Scenario.Budget
  package var stopping = StoppingRules()
}

extension Scenario {
  /// What an entrant runs on.
  package func problem(of entrant: Entrant) -> Problem { entrant.variant?.problem ?? problem }

  /// How long an entrant runs.
  package func budget(of entrant: Entrant) -> Budget { entrant.variant?.budget ?? budget }

  /// What ends an entrant before its budget does.
  package func stopping(of entrant: Entrant) -> StoppingRules {
    entrant.variant?.stopping ?? stopping
  }

  /// The problems that are run: the scenario's own where there are no variants.
  package var problems: [Problem] {
    let own = entrants.compactMap { $0.variant?.problem }
    return own.count == entrants.count && !own.isEmpty ? own : [problem] + own
  }

  /// Key paths that variants change, sorted.
  package var variedKeys: [String] {
    Set(entrants.flatMap { $0.variant?.changes.keys.map(\.self) ?? [] }).sorted()
  }
}
