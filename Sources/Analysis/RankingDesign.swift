import Records

/// The optimizers and scenarios that a ranking across scenarios is about. It follows from what scenarios compare, and from no result.
///
/// An optimizer is ranked if at least ``leastScenarios`` scenarios of the ranking compare it; a scenario belongs to the ranking if it
/// compares at least two ranked optimizers. The largest such sets are unique: whatever fails a condition is taken out until nothing
/// does. Optimizers on a variant of a problem are compared in their own scenario only. Not every optimizer need have run in every
/// scenario, but each must be connected with each by shared scenarios, or else nothing can be said of the two.
package struct RankingDesign: Sendable, Equatable {
  /// Average ranks, tests and intervals over fewer scenarios say nothing.
  package static let leastScenarios = 5

  /// By name; a label that means several update rules has the rule in parentheses.
  package let optimizers: [String]
  package let scenarios: [String]
  /// Optimizers that are not ranked, by name.
  package let unranked: [Unranked]
  /// Number of scenarios that compare each optimizer, ranked or not.
  package let participations: [String: Int]

  /// An optimizer that is not ranked.
  package struct Unranked: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
      /// It ran in fewer than ``RankingDesign/leastScenarios`` scenarios that can be ranked.
      case tooFewScenarios
      /// It shares no scenario with the ranked ones, even by way of third optimizers.
      case apart
    }

    package var optimizer: String
    package var reason: Reason
  }

  init(_ standings: [ScenarioStanding]) {
    let names = RankedNames(standings)
    var members = standings.map { standing in
      (scenario: standing.scenario, optimizers: Set(standing.entrants.map(names.name)))
    }
    let all = Self.counts(members)
    participations = all
    while true {
      let kept = Set(Self.counts(members).filter { $0.value >= Self.leastScenarios }.keys)
      let reduced = members.map { ($0.scenario, $0.optimizers.intersection(kept)) }
        .filter { $0.1.count >= 2 }
      let isStable =
        reduced.count == members.count
        && zip(reduced, members).allSatisfy { $0.1 == $1.optimizers }
      members = reduced
      if isStable { break }
    }
    let connected = Self.largestConnected(members.map(\.optimizers))
    let enough = Set(members.flatMap(\.optimizers))
    optimizers = connected.sorted()
    scenarios = members.filter { !$0.optimizers.isDisjoint(with: connected) }.map(\.scenario)
    unranked = all.keys.filter { !connected.contains($0) }.sorted().map {
      Unranked(optimizer: $0, reason: enough.contains($0) ? .apart : .tooFewScenarios)
    }
  }

  private static func counts(
    _ members: [(scenario: String, optimizers: Set<String>)]
  ) -> [String: Int] {
    members.reduce(into: [:]) { counts, member in
      for optimizer in member.optimizers { counts[optimizer, default: 0] += 1 }
    }
  }

  /// The largest set of optimizers that shared scenarios connect; of equally large ones that with the first name.
  private static func largestConnected(_ groups: [Set<String>]) -> Set<String> {
    var parts: [Set<String>] = []
    for group in groups {
      let touched = parts.filter { !$0.isDisjoint(with: group) }
      parts.removeAll { !$0.isDisjoint(with: group) }
      parts.append(touched.reduce(group) { $0.union($1) })
    }
    return parts.min { ($1.count, $0.min() ?? "") < ($0.count, $1.min() ?? "") } ?? []
  }
}

/// Names of optimizers across scenarios: the label, with the update rule where one label means several.
struct RankedNames {
  private let ambiguous: Set<String>

  init(_ standings: [ScenarioStanding]) {
    var rules: [String: Set<String>] = [:]
    for entrant in standings.flatMap(\.entrants) {
      rules[entrant.optimizer, default: []].insert(entrant.rule)
    }
    ambiguous = Set(rules.filter { $0.value.count > 1 }.keys)
  }

  func name(_ entrant: ScenarioStanding.Entrant) -> String {
    ambiguous.contains(entrant.optimizer)
      ? "\(entrant.optimizer) (\(entrant.rule))" : entrant.optimizer
  }
}
