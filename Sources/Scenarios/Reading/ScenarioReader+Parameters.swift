import Networks
import Optimizers
import Parameters
import Yams

// The one reader of declared settings.

extension ScenarioReader {
  /// Reads a mapping into a value with declared settings: reports unknown and missing keys, values that are not allowed and
  /// conflicts.
  ///
  /// - Parameter others: keys that the caller reads.
  /// - Returns: `nil` if `node` is no mapping; settings with mistakes are at their defaults.
  func group<Owner: Parameterized>(
    _ type: Owner.Type, _ node: Node, others: [ParameterDescription] = []
  ) -> Owner? {
    MappingReader(node, name: Owner.name, keys: Owner.descriptions + others, issues: issues)
      .map { group(type, from: $0) }
  }

  /// The same from a mapping whose keys are checked already.
  func group<Owner: Parameterized>(_ type: Owner.Type, from reader: MappingReader) -> Owner {
    var owner = Owner()
    set(Owner.descriptions, of: &owner, from: reader)
    report(owner.conflicts, in: reader)
    return owner
  }

  /// Sets the parameters of `owner` that a mapping has; reports the values that are not allowed.
  ///
  /// - Parameter place: follows the name of the parameter in messages, such as " of adam".
  func set<Owner: Parameterized>(
    _ parameters: [ParameterDescription], of owner: inout Owner, from reader: MappingReader,
    place: String = ""
  ) {
    for parameter in parameters {
      guard let node = reader[parameter.name] else { continue }
      set(parameter, of: &owner, to: node, place: place)
    }
  }

  /// Sets one parameter, or reports that the value is not allowed.
  func set<Owner: Parameterized>(
    _ parameter: ParameterDescription, of owner: inout Owner, to node: Node, place: String = ""
  ) {
    guard let value = value(of: parameter, from: node, place: place) else { return }
    do {
      try owner.set(parameter.name, to: value)
    } catch {
      issues.report("\(error)", at: node)
    }
  }

  /// The value of a declared setting; `nil`, and an issue, if it is not allowed.
  func value(
    of parameter: ParameterDescription, from node: Node, place: String = ""
  ) -> ParameterValue? {
    if case .nested(let kind) = parameter.domain { return nested(kind, parameter, node) }
    if let value = node.value(in: parameter.domain), parameter.domain.contains(value) {
      return value
    }
    issues.report(
      "'\(parameter.name)'\(place) must be \(parameter.domain), not \(node.quoted)\(hint(for: node, in: parameter.domain))",
      at: node)
    return nil
  }

  /// A text of a mapping; `nil`, and an issue, if it is none.
  func text(_ parameter: ParameterDescription, in reader: MappingReader) -> String? {
    guard let node = reader[parameter.name],
      case .text(let text)? = value(of: parameter, from: node)
    else { return nil }
    return text
  }

  private func nested(
    _ kind: NestedKind, _ parameter: ParameterDescription, _ node: Node
  ) -> ParameterValue? {
    if kind == .optimizer { return wrappedRule(node).map { .nested(NestedValue($0)) } }
    if kind == .initialization {
      return initialization(node, called: parameter.name).map { .nested(NestedValue($0.scheme)) }
    }
    guard let type = kind.type else { return nil }
    return nestedGroup(type, node).map { .nested($0) }
  }

  private func nestedGroup<Owner: Parameterized>(_ type: Owner.Type, _ node: Node) -> NestedValue? {
    group(type, node).map { NestedValue($0) }
  }

  private func hint(for node: Node, in domain: ParameterDomain) -> String {
    if node.isQuotedValue { return " (remove the quotes: they make it text)" }
    guard case .choice(let names) = domain, let text = node.scalar?.string,
      let name = NearestName.nearest(to: text, among: names)
    else { return "" }
    return " (did you mean '\(name)'?)"
  }

  /// Reports the required parameters of a value that has none.
  func report(missingIn type: any Parameterized.Type, at node: Node) {
    for parameter in type.descriptions where parameter.isRequired {
      issues.report("\(type.name) needs the key '\(parameter.name)'", at: node)
    }
  }

  /// Reports the conflicts of settings that a mapping has; others are not its own.
  func report(_ conflicts: [Conflict], in reader: MappingReader, place: String = "") {
    for conflict in conflicts where reader.has(conflict.name) {
      issues.report(
        "'\(conflict.name)'\(place) \(conflict.reason)", at: reader.keyNode(conflict.name))
    }
  }
}

extension Node {
  /// What the node gives to a parameter of `domain`, whether it is allowed or not; `nil` if it is of another kind.
  func value(in domain: ParameterDomain) -> ParameterValue? {
    switch domain {
    case .number, .whole: plainNumber.map { .number($0) }
    case .flag: plainFlag.map { .flag($0) }
    case .choice: scalar.map { .choice($0.string) }
    case .text: scalar.map { .text($0.string) }
    case .list(let element, _, _):
      sequence.flatMap { list in
        let values = list.compactMap { $0.value(in: element) }
        return values.count == list.count ? .list(values) : nil
      }
    case .table: table.map { .table($0) }
    case .nested: nil
    case .either(let domains):
      domains.lazy.compactMap { domain -> ParameterValue? in
        // A number is no file name where numbers are meant.
        if case .text = domain, plainNumber != nil { return nil }
        return self.value(in: domain).flatMap { domain.contains($0) ? $0 : nil }
      }.first
    case .phrased(_, let domain): value(in: domain)
    }
  }

  private var table: [Int: Double]? {
    guard let mapping else { return nil }
    var table: [Int: Double] = [:]
    for (key, value) in mapping {
      guard let position = key.plainWhole, let number = value.plainNumber,
        table.updateValue(number, forKey: position) == nil
      else { return nil }
    }
    return table
  }
}
