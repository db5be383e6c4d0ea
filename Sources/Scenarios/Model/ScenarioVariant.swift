package import Records

/// One of the variants that a scenario compares, alone or with several optimizers.
package struct ScenarioVariant: Sendable {
  /// Unique within the scenario.
  package var label: String
  /// The optimizer's label without the variant's.
  package var optimizer: String
  /// The same without the mark of a tuned optimizer.
  package var searchOptimizer: String
  /// Values by key path, such as `problem.network.batch_size`; lists and mappings as text.
  package var changes: [String: Setting]
  /// Values of all keys that any variant changes, the scenario's own where this one leaves them.
  package var values: [String: Setting] = [:]
  /// What the label is composed of; `nil` if it was given as a whole.
  package var labelParts: [Participant.Variant.LabelPart]?
  package var problem: Scenario.Problem
  package var budget: Scenario.Budget
  package var stopping = StoppingRules()
}

extension Scenario {
  /// The problem of an entrant.
  package func problem(of entrant: Entrant) -> Problem { entrant.variant?.problem ?? problem }

  /// The budget of an entrant.
  package func budget(of entrant: Entrant) -> Budget { entrant.variant?.budget ?? budget }

  /// The rules that end an entrant before its budget does.
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
