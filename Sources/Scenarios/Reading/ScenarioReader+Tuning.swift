import Optimizers
import Parameters
import Records
import Yams

extension ScenarioReader {
  /// `tuning:`, how `bench tune` searches this scenario.
  func tuning(
    _ node: Node, for entrants: [Entrant], problems: [Scenario.Problem]
  ) -> TuningSettings? {
    let space = ScenarioKeys.key("space", of: "tuning")
    guard var settings = group(TuningSettings.self, node, others: [space]) else { return nil }
    if let metric = settings.metric, let node = node["metric"],
      let reason = metric.obstacle(toTuning: problems)
    {
      issues.report("'metric' of tuning cannot be \(metric.rawValue) here: \(reason)", at: node)
    }
    let trials = settings.trials * settings.seeds * max(1, entrants.count)
    if trials > ScenarioLimits.trials {
      issues.report(
        "\(settings.trials) trials with \(settings.seeds) seeds for each optimizer are more than \(ScenarioLimits.trials) trials",
        at: node)
    }
    if let node = node["space"] { settings.overrides = self.space(node, space, for: entrants) }
    return settings
  }

  /// `space:`, ranges by hyperparameter, for all optimizers that have it, or by optimizer and hyperparameter.
  private func space(
    _ node: Node, _ key: ParameterDescription, for entrants: [Entrant]
  ) -> [TuningSettings.Override] {
    guard let mapping = node.mapping else {
      issues.report("'space' must be \(key.domain)", at: node)
      return []
    }
    var overrides: [TuningSettings.Override] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        issues.report("keys of space must be names", at: key)
        continue
      }
      let own = entrants.filter { $0.tuningNames.contains(name) }
      if !own.isEmpty, let inner = value.mapping, !isRange(value) {
        for (key, value) in inner {
          let override = override(key, value, of: own, named: name)
          if let override { overrides.append(override) }
        }
      } else if let override = override(key, value, of: entrants, named: nil) {
        overrides.append(override)
      }
    }
    return overrides
  }

  /// - Parameter label: the optimizer that it is meant for; `nil` for all.
  private func override(
    _ key: Node, _ value: Node, of entrants: [Entrant], named label: String?
  ) -> TuningSettings.Override? {
    guard let name = key.scalar?.string else {
      issues.report("keys of space must be names", at: key)
      return nil
    }
    let having = entrants.flatMap { entrant in
      type(of: entrant.optimizer).descriptions.filter { $0.name == name }
    }
    guard !having.isEmpty else {
      var known = label == nil ? entrants.flatMap(\.tuningNames) : []
      known += entrants.flatMap {
        type(of: $0.optimizer).descriptions.map(\.name)
      }
      let names = known.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      issues.report(
        "'\(name)' is no hyperparameter of \(label ?? "any optimizer here")\(NearestName.hint(for: name, among: names))",
        at: key)
      return nil
    }
    if value.isNull { return TuningSettings.Override(optimizer: label, name: name, values: nil) }
    guard let values = searchValues(value, called: name) else { return nil }
    for description in having where !values.suit(description.domain) {
      issues.report("'\(name)' must be \(description.domain) throughout its range", at: value)
      return nil
    }
    return TuningSettings.Override(optimizer: label, name: name, values: values)
  }

  private func searchValues(_ node: Node, called name: String) -> SearchDimension.Values? {
    if let list = node.sequence {
      let choices = list.map { item -> ParameterValue? in
        if let number = item.plainNumber { return .number(number) }
        if let flag = item.plainFlag { return .flag(flag) }
        return item.scalar.map { .choice($0.string) }
      }
      guard choices.count > 1, !choices.contains(nil) else {
        issues.report("'\(name)' needs two or more values to choose from", at: node)
        return nil
      }
      return .choices(choices.compactMap(\.self))
    }
    guard isRange(node) else {
      issues.report(
        "'\(name)' must be a range such as {log: [1.0e-4, 1]}, or a list of values", at: node)
      return nil
    }
    return range(node, called: name, hasCount: false).map { .range($0.range) }
  }
}

extension SearchDimension.Values {
  /// Whether a hyperparameter may take them all.
  fileprivate func suit(_ domain: ParameterDomain) -> Bool {
    switch self {
    case .choices(let choices): choices.allSatisfy(domain.contains)
    case .range(let range):
      [range.bounds.lowerBound, range.bounds.upperBound].allSatisfy {
        domain.contains(.number($0))
      }
    }
  }
}
