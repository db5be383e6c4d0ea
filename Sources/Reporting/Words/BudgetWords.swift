package import Records
import Text

/// One-line description of the budget.
package enum BudgetWords {
  package static func text(of budget: BudgetRecord) -> String {
    if let legacy = budget.legacy { return legacy }
    let length =
      budget.steps.map { plural(Double($0), "step") }
      ?? budget.epochs.map { plural(Double($0), "epoch") }
    guard let length else { return "no training" }
    let ends = [earlyStopping(budget.stopping), convergence(budget.stopping)].compactMap(\.self)
    return ends.isEmpty ? length : "\(length) at most, or until \(ends.joined(separator: ", or "))"
  }

  private static func earlyStopping(_ rules: [String: Setting]) -> String? {
    guard case .number(let patience) = rules["early_stopping.patience"],
      case .text(let metric) = rules["early_stopping.metric"]
    else { return nil }
    let kept = rules["early_stopping.restore_best"] == .flag(true) ? " (best epoch kept)" : ""
    let name = metric.replacing("_", with: " ")
    let better =
      if case .number(let delta) = rules["early_stopping.min_delta"] {
        "\(name) that is better by \(delta.shortest)"
      } else {
        "better \(name)"
      }
    return "\(plural(patience, "epoch")) without a \(better)\(kept)"
  }

  private static func convergence(_ rules: [String: Setting]) -> String? {
    guard case .number(let epsilon) = rules["convergence.epsilon"],
      case .number(let count) = rules["convergence.evaluations"]
    else { return nil }
    return
      "the loss changes by less than \(epsilon.shortest) for \(plural(count, "evaluation"))\(count == 1 ? "" : " in a row")"
  }

  private static func plural(_ count: Double, _ unit: String) -> String {
    "\(count.shortest) \(unit)\(count == 1 ? "" : "s")"
  }
}
