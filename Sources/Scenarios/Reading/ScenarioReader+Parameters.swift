import Parameters
import Yams

extension ScenarioReader {
  /// Sets the parameters of `owner` that a mapping has; reports the values that are not allowed.
  ///
  /// - Parameters:
  ///   - parameters: none of them nested.
  ///   - place: follows the name of the parameter in messages, such as " of adam".
  func set<Owner: Parameterized>(
    _ parameters: [ParameterDescription], of owner: inout Owner, from reader: MappingReader,
    place: String = ""
  ) {
    for parameter in parameters {
      guard let node = reader.take(parameter.name) else { continue }
      set(parameter, of: &owner, to: node, place: place)
    }
  }

  /// Sets one parameter, or reports that the value is not allowed.
  func set<Owner: Parameterized>(
    _ parameter: ParameterDescription, of owner: inout Owner, to node: Node, place: String = ""
  ) {
    if let value = node.value(in: parameter.domain), parameter.domain.contains(value) {
      try? owner.set(parameter.name, to: value)
    } else {
      issues.report(
        "'\(parameter.name)'\(place) must be \(parameter.domain), not \(node.quoted)", at: node)
    }
  }

  /// Reports the required parameters that are not among `given`.
  func report(missing type: any Parameterized.Type, given: [String], at node: Node) {
    for parameter in type.descriptions
    where parameter.isRequired && !given.contains(parameter.name) {
      issues.report("\(type.name) needs the key '\(parameter.name)'", at: node)
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
      domains.lazy.compactMap { domain in
        self.value(in: domain).flatMap { domain.contains($0) ? $0 : nil }
      }.first
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

  /// The whole number that an unquoted scalar stands for, up to what a step counter needs.
  var plainWhole: Int? {
    plainNumber.flatMap { Int(exactly: $0) }.flatMap { abs($0) <= 1_000_000_000_000 ? $0 : nil }
  }
}
