import Parameters
package import Scenarios

/// All that can be listed, by kind and by name.
package struct Lists: Sendable {
  private let library: ScenarioLibrary

  package init(library: ScenarioLibrary) { self.library = library }

  /// - Throws: What is wrong with a scenario file, for scenarios only.
  package func list(of kind: ListKind) throws(ScenarioError) -> KindList {
    switch kind {
    case .scenarios: .scenarios(try library.all())
    case .optimizers: .optimizers
    case .schedules: .schedules
    case .surfaces: .surfaces
    case .networks: .networks
    case .layers: .layers
    case .losses: .losses
    case .initializations: .initializations
    case .series: .series
    case .datasets: .datasets
    case .metrics: .metrics
    case .charts: .charts
    case .diagnoses: .diagnoses
    case .keys: .keys
    case .problems: .problems
    }
  }

  /// The same, without the scenarios that cannot be read, and what is wrong with those.
  package func readableList(
    of kind: ListKind
  ) throws(ScenarioError) -> (list: KindList, issues: [ScenarioIssue]) {
    guard kind == .scenarios else { return (try list(of: kind), []) }
    let (scenarios, issues) = try library.readable()
    return (.scenarios(scenarios), issues)
  }

  /// Names alone; no scenario file is read for them.
  package func names(of kind: ListKind) throws(ScenarioError) -> [String] {
    if kind == .scenarios { return try library.names() }
    return try list(of: kind).entries.map(\.name)
  }

  /// Everything with the given name, by kind, a thing itself before a group of that name.
  ///
  /// - Throws: What is wrong with the scenario of that name.
  package func entries(
    named name: String, in kinds: [ListKind] = ListKind.separate
  ) throws(ScenarioError) -> [ListMatch] {
    var matches: [ListMatch] = []
    for kind in kinds {
      let list: KindList
      if kind == .scenarios {
        guard scenarioNames.contains(name) else { continue }
        list = .scenarios(try library.load([name]))
      } else {
        list = try self.list(of: kind)
      }
      matches += (list.entries + list.groups).filter { $0.isCalled(name) }
        .map { ListMatch(list: list, entry: $0) }
    }
    return matches
  }

  /// Of a name that is not known: the nearest one over all kinds, or the things that have a parameter of that name.
  package func hint(for name: String, in kinds: [ListKind] = ListKind.separate) -> String {
    let owners = kinds.flatMap { kind -> [String] in
      guard kind != .scenarios, let list = try? list(of: kind) else { return [] }
      return list.entries.filter { entry in
        entry.sections.contains { $0.lines.contains { $0.label == name } }
      }.map(\.name)
    }
    if let first = owners.first {
      let all = owners.joined(separator: ", ")
      return ": it is a parameter of \(all); see 'bench list \(first)'"
    }
    let known =
      (kinds.count > 1 ? ListKind.allCases.map(\.rawValue) : [])
      + kinds.flatMap { kind -> [String] in
        if kind == .scenarios { return scenarioNames }
        guard let list = try? list(of: kind) else { return [] }
        return (list.entries + list.groups).flatMap { [$0.name] + $0.aliases }
      }
    guard let nearest = NearestName.nearest(to: name, among: known) else {
      return "; 'bench list' shows all names"
    }
    return " (did you mean '\(nearest)'?)"
  }

  /// Names of all keys of a scenario file.
  package static var keyNames: [String] { KindList.keys.entries.map(\.name) }

  /// None where there is no folder of scenarios: all else can be listed without one.
  private var scenarioNames: [String] { (try? library.names()) ?? [] }
}

/// An entry and the list that it is in.
package struct ListMatch: Sendable {
  package let list: KindList
  package let entry: ListEntry

  package init(list: KindList, entry: ListEntry) {
    self.list = list
    self.entry = entry
  }
}
