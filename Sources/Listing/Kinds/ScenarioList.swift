import Optimizers
import Parameters
import Records
import Reporting
import Scenarios

extension KindList {
  static func scenarios(_ scenarios: [Scenario]) -> KindList {
    KindList(
      kind: .scenarios,
      columns: ["name", "title", "problem", "budget", "seeds", "runs", "optimizers"],
      headings: ["name", "title", "budget", "runs", "problem"],
      entries: scenarios.map { ListEntry($0) })
  }
}

extension ListEntry {
  fileprivate init(_ scenario: Scenario) {
    let runs = scenario.entrants.count * scenario.seeds
    let problem = ProblemWords.text(of: scenario.problemRecord)
    let budget = BudgetWords.text(of: scenario.budgetRecord)
    name = scenario.name
    summary = ([scenario.title] + (scenario.about.map { [$0] } ?? [])).joined(separator: "\n\n")
    line = [
      scenario.name, scenario.title, budget, "\(runs)", problem,
    ]
    rows = [
      [
        .text(scenario.name), .text(scenario.title), .text(problem),
        .text(budget), .number(scenario.seeds), .number(runs),
        .text(scenario.entrants.map(\.label).joined(separator: " ")),
      ]
    ]
    facts = [
      Fact("file", scenario.path), Fact("problem", problem),
      Fact("budget", budget), Fact("seeds", "\(scenario.seeds)"),
      Fact(
        "target",
        scenario.target.map { "\($0.metric.rawValue) \($0.value)" } ?? "none"),
      Fact("charts", scenario.charts.joined(separator: ", ")),
      Fact(
        "run it",
        "bench run \(scenario.name)\(scenario.isLong ? "  (long: not part of --all)" : "")"),
    ]
    let lines = scenario.entrants.map { Fact($0.label, Self.settings(of: $0)) }
    sections = lines.isEmpty ? [] : [Section(title: "optimizers", lines: lines)]
  }

  /// The rule and what it has other than its defaults.
  private static func settings(of entrant: Entrant) -> String {
    let standard = type(of: entrant.optimizer).init().flatSettings
    let own = entrant.optimizer.flatSettings.filter { standard[$0.key] != $0.value }
      .map { "\($0.key) \($0.value)" }.sorted()
    let extras = entrant.extras.map { "\($0.key) \($0.value)" }.sorted()
    let changes = (entrant.variant?.changes ?? [:]).map { "\($0.key) \($0.value)" }.sorted()
    return
      ([entrant.rule] + own + extras + changes + (entrant.isTuned ? ["tuned"] : []))
      .joined(separator: ", ")
  }
}
