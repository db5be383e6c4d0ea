extension Scenario {
  /// Budgets for continuous integration and first looks: one seed, at most this many steps or epochs.
  public static let quickBudget = (steps: 2000, epochs: 1)

  /// The scenario with one seed and a budget of at most `quickBudget`.
  public var quick: Scenario {
    var scenario = self
    scenario.seeds = 1
    scenario.budget =
      switch budget {
      case .steps(let steps): .steps(min(steps, Self.quickBudget.steps))
      case .epochs(let epochs): .epochs(min(epochs, Self.quickBudget.epochs))
      }
    return scenario
  }

  /// The scenario with only the optimizers named, by label or rule.
  public func restricted(to names: [String]) -> Scenario {
    var scenario = self
    scenario.entrants = entrants.filter { names.contains($0.label) || names.contains($0.rule) }
    return scenario
  }
}
