package import Analysis
package import Records
import Text

extension BestSet {
  /// More names than this are counted instead.
  private static let namesShown = 3

  /// The first and what can be said of the others, for one cell: `adam (momentum, nesterov not distinguishable)`, `49 of 61 tied`,
  /// `none (first: sgd; one seed)`.
  package func text(in scenario: ScenarioRecord) -> String {
    let note = self.note(in: scenario)
    switch evidence {
    case .tests: return note.isEmpty ? firstText : "\(firstText) (\(note))"
    // Nothing is random: it is the first from this start.
    case .oneRun(isRandom: false): return "\(firstText) (\(note))"
    case .oneRun, .tooFewRuns: return "none (first: \(firstText); \(note))"
    }
  }

  /// Names of the first, or their number.
  package var firstText: String {
    first.count <= Self.namesShown
      ? first.joined(separator: ", ") : "\(first.count) of \(compared) tied"
  }

  /// What the choice rests on, if not on tests that distinguish the first from all others.
  private func note(in scenario: ScenarioRecord) -> String {
    switch evidence {
    case .oneRun: return "one \(scenario.replicate(1))"
    case .tooFewRuns(let runs, _, _):
      return "\(runs) \(scenario.replicate(runs)): too few to test"
    case .tests:
      return [
        (better, "better in paired tests"), (alike, "not distinguishable"),
        (untested, "not tested"),
      ].filter { !$0.0.isEmpty }.map { "\(text(of: $0.0)) \($0.1)" }.joined(separator: "; ")
    }
  }

  /// Names, or their number.
  private func text(of names: [String]) -> String {
    names.count <= Self.namesShown
      ? names.joined(separator: ", ") : "\(names.count) of \(compared - first.count) others"
  }

  // MARK: Sentences

  /// What the tests say, as sentences.
  package func sentence(in scenario: ScenarioRecord) -> String {
    let noun = scenario.entrantNoun
    switch evidence {
    case .oneRun:
      let run = scenario.replicate(1)
      return
        "It is one \(run): \(run == "start" ? "from another one" : "with another one"), another \(noun) may be first."
    case .tooFewRuns(let runs, let least, let needed):
      let nouns = scenario.replicate(2)
      return
        "No \(noun) is named best: with \(runs) \(nouns), the smallest p value that a paired test could have is "
        + "\(NumberText.plain(least)) (Wilcoxon, Holm); at least \(needed) \(nouns) are needed."
    case .tests(let runs, let comparisons):
      let nouns = scenario.replicate(runs)
      return tested(
        "by Wilcoxon's signed-rank test over \(runs) \(nouns) (Holm)", noun, nouns,
        "With \(runs) \(nouns) and \(comparisons) pairs, one \(scenario.replicate(1)) with the opposite order can be enough to make two \(noun)s indistinguishable"
      )
    }
  }

  private func tested(_ tests: String, _ noun: String, _ nouns: String, _ limit: String) -> String {
    let others = compared - first.count
    if others == 0 { return "All \(compared) tie." }
    if worse.count == others { return "Every other \(noun) is worse \(tests)." }
    let it = first.count == 1 ? "it" : first[0]
    var sentences: [String] = []
    // The first sentence names the tests.
    var pending = " \(tests)"
    func add(_ begin: String, _ end: String) {
      sentences.append(begin + pending + end)
      pending = ""
    }
    if !better.isEmpty {
      add("Better than \(it)", ", in spite of the rank: \(list(better)).")
    }
    if alike.count == others {
      add("No other \(noun) can be distinguished from \(it)", ".")
    } else if !alike.isEmpty {
      add("Not distinguishable from \(it)", ": \(list(alike)).")
    }
    for group in outdoneGroups {
      add(
        "Not distinguishable from \(it)",
        "\(alike.isEmpty ? "" : " either"), but worse than \(list(group.by)): \(list(group.names))."
      )
    }
    if !untested.isEmpty {
      sentences.append(
        "Too few \(nouns) in common with \(it) for any result to be significant: \(list(untested))."
      )
    }
    if isStrict { sentences.append(limit + disorderText + ".") }
    return sentences.joined(separator: " ")
  }

  /// Optimizers that others outdo, together where the same ones do.
  private var outdoneGroups: [(by: [String], names: [String])] {
    outdone.reduce(into: []) { groups, one in
      if let place = groups.firstIndex(where: { $0.by == one.by }) {
        groups[place].names.append(one.optimizer)
      } else {
        groups.append((one.by, [one.optimizer]))
      }
    }
  }

  /// An example of what such tests may lead to.
  private var disorderText: String {
    disorder.map {
      ": \($0.worse) is worse than the first, while \($0.alike), which ranks below it, is not distinguishable"
    } ?? ""
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}

extension ScenarioRecord {
  /// What is compared, in the singular: an optimizer, or a variant where all are the same rule or run on variants of the problem.
  var entrantNoun: String {
    let isOneRule = optimizers.count > 1 && Set(optimizers.map(\.rule)).count == 1
    return isOneRule || optimizers.contains { $0.variant != nil } ? "variant" : "optimizer"
  }

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
