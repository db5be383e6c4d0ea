import Records

extension Scenario {
  /// Budgets for continuous integration and first looks: one seed, at most this many steps or epochs.
  package static let quickBudget = (steps: 2000, epochs: 1)

  /// The scenario with one seed and a budget of at most `quickBudget`.
  package var quick: Scenario {
    var scenario = self
    scenario.seeds = 1
    scenario.budget = budget.quick
    for index in entrants.indices {
      scenario.entrants[index].variant?.budget = budget(of: entrants[index]).quick
    }
    return scenario
  }

  /// As for `quick`, but networks with as many seeds as a test over them needs.
  package func gated(networkSeeds: Int) -> Scenario {
    var scenario = quick
    if scenario.kind == .network { scenario.seeds = networkSeeds }
    return scenario
  }

  /// The scenario with only the optimizers named, by label, with or without the variant's, or rule.
  ///
  /// A change of an optimizer that is left out has no effect.
  package func restricted(to names: [String]) -> Scenario {
    var scenario = self
    scenario.entrants = entrants.filter { !Set($0.names).isDisjoint(with: names) }
    let left = Set(scenario.entrants.flatMap { $0.names + $0.searchNames })
    for index in changes.indices where changes[index].rejection == nil {
      guard let changed = changes[index].optimizers, changed.isDisjoint(with: left) else {
        continue
      }
      scenario.changes[index].rejection =
        "--optimizers leaves out \(changed.sorted().joined(separator: ", "))"
    }
    return scenario
  }
}

extension Entrant {
  /// Names that select it among the optimizers of a scenario.
  package var names: [String] {
    [label, rule] + (variant.map { [$0.optimizer, $0.label] } ?? [])
  }

  /// Its names without the mark of a tuned optimizer.
  fileprivate var searchNames: [String] {
    [searchLabel] + (variant.map { [$0.searchOptimizer] } ?? [])
  }
}

extension Scenario.Budget {
  /// At most `Scenario.quickBudget`.
  package var quick: Self {
    switch self {
    case .steps(let steps): .steps(min(steps, Scenario.quickBudget.steps))
    case .epochs(let epochs): .epochs(min(epochs, Scenario.quickBudget.epochs))
    }
  }
}
