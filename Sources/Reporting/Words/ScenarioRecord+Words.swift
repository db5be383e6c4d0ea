package import Records

extension ScenarioRecord {
  /// The problem as charts and the page write it.
  package var shownProblem: String { ProblemWords.text(of: self) }

  package var shownBudget: String { BudgetWords.text(of: budget) }

  /// The problem and, unless variants change it, the budget.
  package var shownTask: String {
    let isVaried = variedKeys.contains { $0 == "budget" || $0.hasPrefix("budget.") }
    return isVaried ? shownProblem : "\(shownProblem); \(shownBudget)"
  }
}
