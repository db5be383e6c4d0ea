/// Finds mistakes in declarations; tests run it over every catalogue.
package enum DefinitionCheck {
  /// Mistakes in a whole catalogue: names that appear twice, missing summaries, equations and sources, and those of its entries.
  package static func faults(in catalogue: [any CatalogueEntry.Type]) -> [String] {
    let names = catalogue.map { $0.name }
    let repeated = Set(names.filter { name in names.count { $0 == name } > 1 }).sorted()
    return repeated.map { "\($0) appears twice" }
      + catalogue.flatMap { type -> [String] in
        let texts = [
          ("summary", type.summary), ("equation", type.equation), ("source", type.source),
        ]
        return texts.filter { $0.1.isBlank }.map { "\(type.name) has no \($0.0)" }
          + faults(of: type)
      }
  }

  /// Mistakes in the declaration of one type: an empty list if there are none.
  package static func faults<Owner: Parameterized>(of type: Owner.Type) -> [String] {
    var faults: [String] = []
    if !Owner.name.isSnakeCase { faults.append("'\(Owner.name)' is not snake_case") }
    let descriptions = Owner.descriptions
    for (index, description) in descriptions.enumerated() {
      let faultsOfOne =
        self.faults(of: description)
        + (descriptions[..<index].contains { $0.name == description.name }
          ? ["is declared twice"] : [])
      faults += faultsOfOne.map { "\(Owner.name).\(description.name) \($0)" }
    }
    faults += Owner().conflicts.map { "\(Owner.name).\($0.name) \($0.reason), by default" }
    return faults + unstored(of: type)
  }

  private static func faults(of description: ParameterDescription) -> [String] {
    var faults: [String] = []
    if !description.name.isSnakeCase { faults.append("is not snake_case") }
    if description.meaning.isBlank { faults.append("has no meaning") }
    let value = description.defaultValue
    if value == .absent {
      if description.absence?.isBlank ?? true { faults.append("does not say what absence means") }
    } else if !description.isRequired, !description.domain.contains(value) {
      faults.append("must be \(description.domain), and its default is \(value)")
    }
    guard let search = description.search else { return faults }
    let ends = [search.bounds.lowerBound, search.bounds.upperBound]
    if !ends.allSatisfy({ description.domain.contains(.number($0)) }) {
      faults.append("is searched outside its domain")
    }
    if let number = Double(parameterValue: value), !search.bounds.contains(number) {
      faults.append("has its default \(value) outside its search range")
    }
    return faults
  }

  /// Parameters that do not give back what they are set to, or change another one that does not depend on them.
  private static func unstored<Owner: Parameterized>(of type: Owner.Type) -> [String] {
    Owner.parameters.compactMap { parameter in
      var owner = Owner()
      guard let other = parameter.domain.examples.first(where: { $0 != parameter.get(owner) })
      else { return nil }
      parameter.set(&owner, other)
      return parameter.get(owner) == other
        ? nil : "\(Owner.name).\(parameter.name) does not keep what it is set to"
    }
  }
}

extension ParameterDomain {
  /// Some values, at least two of them different where there are two; none of domains whose values cannot be made up.
  package var examples: [ParameterValue] {
    switch self {
    case .number(let interval):
      [0.25, 0.5, 2, interval.lower, interval.upper].map { .number($0) }.filter(contains)
    case .whole(let range):
      [range.lowerBound, range.lowerBound + 1].map { .number(Double($0)) }.filter(contains)
    case .flag: [.flag(false), .flag(true)]
    case .choice(let names): names.map { .choice($0) }
    case .text: [.text("x"), .text("y")]
    case .list(let domain, let counts, _):
      domain.examples.map { .list(Array(repeating: $0, count: max(1, counts.lowerBound))) }
        .filter(contains)
    case .table(let interval):
      [0.25, 0.5, interval.lower].map { .table([3: $0]) }.filter(contains)
    case .nested: []
    case .either(let domains): domains.flatMap(\.examples)
    case .phrased(_, let domain): domain.examples
    }
  }
}

extension String {
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }

  fileprivate var isSnakeCase: Bool {
    first.map { $0.isASCII && $0.isLowercase } ?? false
      && allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
  }
}
