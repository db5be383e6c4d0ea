import Optimizers
import Parameters
import Records
import Yams

extension ScenarioReader {
  /// `optimizers:`, a list of names, each alone or with hyperparameters and a label.
  func entrants(_ node: Node, for problem: Scenario.Problem?) -> [Entrant]? {
    guard let list = node.sequence, !list.isEmpty else {
      let hint =
        node.mapping == nil
        ? "a list of optimizers, such as [sgd, adam]"
        : "a list: write '- ' before each optimizer"
      issues.report("'optimizers' must be \(hint)", at: node)
      return nil
    }
    guard list.count <= ScenarioLimits.optimizers else {
      issues.report(
        "'optimizers' has \(list.count) entries; at most \(ScenarioLimits.optimizers) are allowed",
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
          "optimizer '\(entrant.label)' appears twice; give one a different 'label'", at: item)
      }
    }
    return entrants
  }

  private func entrant(_ item: Node, for problem: Scenario.Problem?) -> Entrant? {
    guard let (name, node, settings) = named(item) else { return nil }
    guard let type = ruleType(name, at: node) else { return nil }
    // 'adam: tuned' is short for 'adam: {tuned: true}'.
    let isTuned = settings?.scalar?.string == "tuned"
    guard
      let reader = settingsReader(type, EntrantKeys.descriptions, isTuned ? nil : settings, node)
    else { return nil }
    var label = name
    if let node = reader["label"] {
      // A second complaint about the name of an optimizer without a proper label would only confuse.
      label = text(EntrantKeys.label, in: reader) ?? "\(name) at line \(node.mark?.line ?? 0)"
    }
    let tuned = reader["tuned"].flatMap { value(of: EntrantKeys.tuned, from: $0) }
    var entrant = Entrant(
      label: label, optimizer: configured(type.init(), reader),
      isTuned: tuned.map { $0 == true } ?? isTuned)
    entrant.hasWrittenSettings = type.descriptions.contains { reader[$0.name] != nil }
    surroundings(of: &entrant, reader, for: problem)
    return entrant
  }

  /// The rule inside another; it takes hyperparameters and nothing else.
  func wrappedRule(_ item: Node) -> (any Optimizer)? {
    guard let (name, node, settings) = named(item), let type = ruleType(name, at: node),
      let reader = settingsReader(type, [], settings, node)
    else { return nil }
    return configured(type.init(), reader)
  }

  /// A name, or a name with a mapping of settings.
  private func named(_ item: Node) -> (name: String, node: Node, settings: Node?)? {
    if let name = item.scalar?.string { return (name, item, nil) }
    guard let mapping = item.mapping, let (key, value) = mapping.first,
      let name = key.scalar?.string
    else {
      issues.report("an optimizer must be a name, or a name with its hyperparameters", at: item)
      return nil
    }
    guard mapping.count == 1 else {
      let second = mapping.map { ($0.key, $0.value) }[1]
      let key = second.0.scalar?.string ?? "the second key"
      issues.report(
        "an optimizer must be a name, or a name with its hyperparameters: indent '\(key)' below '\(name)', or write '- \(name): {\(key): \(second.1.scalar?.string ?? "...")}'",
        at: item)
      return nil
    }
    return (name, key, value.isNull ? nil : value)
  }

  private func ruleType(_ name: String, at node: Node) -> (any Optimizer.Type)? {
    if let type = OptimizerCatalogue.optimizer(named: name) { return type }
    issues.report(
      "unknown optimizer '\(name)'\(NearestName.hint(for: name, among: OptimizerCatalogue.names))",
      at: node)
    return nil
  }

  /// - Parameter others: keys around the rule; a hyperparameter of the rule with the same name comes first.
  private func settingsReader(
    _ type: any Optimizer.Type, _ others: [ParameterDescription], _ settings: Node?, _ node: Node
  ) -> MappingReader? {
    let own = type.descriptions
    let keys = own + others.filter { key in !own.contains { $0.name == key.name } }
    let mapping = settings ?? .mapping(Node.Mapping([], .implicit, .any, node.mark))
    let elsewhere = rulesElsewhere(type.name, mapping, known: keys.map(\.name))
    return MappingReader(
      mapping, name: type.name,
      keys: keys + elsewhere.map { ParameterDescription($0, .text(""), absent: "", "") },
      issues: issues)
  }

  /// Reports settings of PyTorch's SGD that make another optimizer here, and returns their keys.
  private func rulesElsewhere(_ rule: String, _ settings: Node, known: [String]) -> [String] {
    guard rule == SGD.name, let mapping = settings.mapping else { return [] }
    let elsewhere = ["momentum", "dampening", "nesterov"].filter { !known.contains($0) }
    let given = mapping.keys.filter { $0.scalar.map { elsewhere.contains($0.string) } ?? false }
    guard let first = given.first else { return [] }
    let isNesterov = mapping["nesterov"]?.plainFlag == true
    let other = isNesterov ? Nesterov.name : Momentum.name
    let pairs = ["learning_rate", "momentum"].compactMap { key in
      mapping[key]?.scalar.map { "\(key): \($0.string)" }
    }
    issues.report(
      "'\(first.scalar?.string ?? "")' is not a setting of sgd; \(other) is a separate optimizer here: '- \(other): {\(pairs.joined(separator: ", "))}'",
      at: first)
    return given.compactMap { $0.scalar?.string }
  }

  func configured<Rule: Optimizer>(_ rule: Rule, _ reader: MappingReader) -> any Optimizer {
    var rule = rule
    // A wrapped rule first: the wrapper's learning rate replaces that of the rule.
    let isNested = { (key: ParameterDescription) in key.domain == .nested(.optimizer) }
    set(Rule.descriptions.filter(isNested), of: &rule, from: reader)
    set(
      Rule.descriptions.filter { !isNested($0) }, of: &rule, from: reader, place: " of \(Rule.name)"
    )
    // Of a group, what it has from the others is reported there.
    report(rule.conflicts, in: reader, place: " of \(Rule.name)")
    return rule
  }
}
