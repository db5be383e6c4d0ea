package import Analysis
package import Records
import Text

extension BestSet {
  /// More names than this are counted instead.
  private static let namesShown = 3

  /// The first and what can be said of the others, for one cell: `adam (momentum, nesterov not distinguishable)`, `49 of 61 tied`,
  /// `sgd (one seed)`.
  package func text(in scenario: ScenarioRecord) -> String {
    let note = self.note(in: scenario)
    return note.isEmpty ? firstText : "\(firstText) (\(note))"
  }

  /// Names of the first, or their number.
  package var firstText: String {
    first.count <= Self.namesShown
      ? first.joined(separator: ", ") : "\(first.count) of \(compared) tied"
  }

  /// What the choice rests on, if not on tests that tell the first from all others.
  package func note(in scenario: ScenarioRecord) -> String {
    switch evidence {
    case .oneRun: "one \(scenario.replicate(1))"
    case .tooFewRuns(let runs, _, _):
      "\(runs) \(scenario.replicate(runs)): too few to test"
    case .tests: alike.isEmpty ? "" : "\(alikeText) not distinguishable"
    }
  }

  /// Names of those that are not distinguishable from the first, or their number.
  private var alikeText: String {
    alike.count <= Self.namesShown
      ? alike.joined(separator: ", ") : "\(alike.count) of \(compared - first.count) others"
  }

  /// What the tests say, as a sentence.
  func sentence(in scenario: ScenarioRecord) -> String {
    switch evidence {
    case .oneRun:
      return scenario.replicate(1) == "start"
        ? "It is one start: from another one, another optimizer may be first."
        : "It is one seed: with another one, another optimizer may be first."
    case .tooFewRuns(let runs, let least, let needed):
      let nouns = scenario.replicate(2)
      return
        "No optimizer is named best: with \(runs) \(nouns), the smallest p value that a paired test could have is "
        + "\(NumberText.plain(least)) (Wilcoxon, Holm); at least \(needed) \(nouns) are needed."
    case .tests(let runs):
      let tests = "by Wilcoxon's signed-rank test over \(runs) \(scenario.replicate(runs)) (Holm)"
      let others = compared - first.count
      if others == 0 { return "All \(compared) tie." }
      if alike.isEmpty { return "Every other optimizer is worse \(tests)." }
      if alike.count == others { return "No other optimizer can be told from it \(tests)." }
      return "Not distinguishable from it \(tests): \(alike.joined(separator: ", "))."
    }
  }
}

extension ScenarioRecord {
  /// What runs of one optimizer differ in, as a noun for a number of them: starts of surfaces that are drawn, or whose runs are not
  /// random, or else seeds.
  package func replicate(_ count: Int) -> String {
    let noun =
      if case .surface(let surface) = problem, surface.hasRandomStarts {
        "start"
      } else {
        kind == .surface && isRandom != true ? "start" : "seed"
      }
    return count == 1 ? noun : noun + "s"
  }
}
