import Optimizers
import Parameters
import Yams

extension ScenarioReader {
  /// `optimizers:`, a list of names, each alone or with hyperparameters and a label.
  func entrants(_ node: Node, for problem: Scenario.Problem?) -> [Entrant]? {
    guard let list = node.sequence, !list.isEmpty else {
      issues.report(
        "'optimizers' must be a list with at least one of \(OptimizerCatalogue.names.joined(separator: ", "))",
        at: node)
      return nil
    }
    var labels: Set<String> = []
    var entrants: [Entrant] = []
    for item in list {
      guard let entrant = entrant(item, for: problem) else { continue }
      if labels.insert(entrant.label).inserted {
        entrants.append(entrant)
      } else {
        issues.report(
          "optimizer '\(entrant.label)' stands twice; give one of them a 'label' of its own",
          at: item)
      }
    }
    return entrants
  }

  private func entrant(_ item: Node, for problem: Scenario.Problem?) -> Entrant? {
    if let name = item.scalar?.string {
      return entrant(named: name, at: item, settings: nil, for: problem)
    }
    guard let mapping = item.mapping, mapping.count == 1, let (key, value) = mapping.first,
      let name = key.scalar?.string
    else {
      issues.report("an optimizer must be a name, or a name with its hyperparameters", at: item)
      return nil
    }
    let isEmpty = value.scalar.map { $0.string.isEmpty || $0.string == "null" } ?? false
    return entrant(named: name, at: key, settings: isEmpty ? nil : value, for: problem)
  }

  private func entrant(
    named name: String, at node: Node, settings: Node?, for problem: Scenario.Problem?
  ) -> Entrant? {
    guard let type = OptimizerCatalogue.optimizer(named: name) else {
      issues.report(
        "unknown optimizer '\(name)'\(NearestName.hint(for: name, among: OptimizerCatalogue.names))",
        at: node)
      return nil
    }
    // 'adam: tuned' is short for 'adam: {tuned: true}'.
    let isTuned = settings?.scalar?.string == "tuned"
    let empty = Node.mapping(Node.Mapping([], .implicit, .any, node.mark))
    let mapping = isTuned ? empty : settings ?? empty
    guard let reader = MappingReader(mapping, name: name, issues: issues) else { return nil }
    // A label that is no text is reported already; a second complaint about the name would only confuse.
    let label =
      reader.text("label")
      ?? (reader.has("label") ? "\(name) at line \(node.mark?.line ?? 0)" : name)
    let optimizer = configured(type.init(), reader)
    var entrant = Entrant(
      label: label, optimizer: optimizer, isTuned: reader.flag("tuned") ?? isTuned)
    surroundings(of: &entrant, reader, for: problem)
    reader.finish()
    return entrant
  }

  func configured<Rule: Optimizer>(_ rule: Rule, _ reader: MappingReader) -> any Optimizer {
    var rule = rule
    // A wrapped rule first: the wrapper's learning rate replaces that of the rule.
    let (nested, plain) = (
      Rule.descriptions.filter { $0.domain == .nested(.optimizer) },
      Rule.descriptions.filter { $0.domain != .nested(.optimizer) }
    )
    for hyperparameter in nested {
      // An entry like those of 'optimizers'; it reports its own mistakes.
      guard let node = reader.take(hyperparameter.name), let entrant = entrant(node, for: nil)
      else { continue }
      if !entrant.extras.isEmpty || entrant.label != entrant.rule || entrant.isTuned {
        issues.report("a wrapped rule takes hyperparameters and nothing else", at: node)
      }
      try? rule.set(hyperparameter.name, to: .nested(NestedValue(entrant.optimizer)))
    }
    set(plain, of: &rule, from: reader, place: " of \(Rule.name)")
    // Of a group, what it has from the others is theirs to answer for.
    report(rule.conflicts, of: Rule.name, in: reader)
    return rule
  }

  /// Reports the conflicts of what a mapping gives itself.
  func report(_ conflicts: [Conflict], of name: String, in reader: MappingReader) {
    for conflict in conflicts where reader.has(conflict.name) {
      issues.report(
        "'\(conflict.name)' of \(name) \(conflict.reason)", at: reader.keyNode(conflict.name))
    }
  }
}
