package import Records

extension ScenarioRecord {
  /// Description of the problem for charts and the page.
  package var shownProblem: String { ProblemWords.text(of: self) }

  package var shownBudget: String { BudgetWords.text(of: budget) }

  /// Description of the problem and, unless variants change it, the budget.
  package var shownTask: String {
    let isVaried = variedKeys.contains { $0 == "budget" || $0.hasPrefix("budget.") }
    return isVaried ? shownProblem : "\(shownProblem); \(shownBudget)"
  }
}
