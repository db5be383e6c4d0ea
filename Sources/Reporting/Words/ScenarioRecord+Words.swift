package import Records

extension ScenarioRecord {
  /// What differs between its runs: `20 starts`, `10 instances`, `3 seeds`.
  package func replicates(_ count: Int) -> String {
    "\(count) \(replicateNoun)\(count == 1 ? "" : "s")"
  }

  /// In the singular.
  private var replicateNoun: String {
    guard case .surface(let surface) = problem else { return "seed" }
    return surface.hasInstances ? "instance" : surface.hasRandomStarts ? "start" : "seed"
  }

  /// Description of the problem for charts and the page.
  package var shownProblem: String { ProblemWords.text(of: self) }

  package var shownBudget: String { BudgetWords.text(of: budget) }

  /// Description of the problem and, unless variants change it, the budget.
  package var shownTask: String {
    let isVaried = variedKeys.contains { $0 == "budget" || $0.hasPrefix("budget.") }
    return isVaried ? shownProblem : "\(shownProblem); \(shownBudget)"
  }
}
