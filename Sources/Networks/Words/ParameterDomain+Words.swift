import Parameters

extension ParameterDomain {
  /// The words among its values.
  var choices: [String] {
    switch self {
    case .choice(let names): names
    case .either(let domains): domains.flatMap(\.choices)
    case .phrased(_, let domain): domain.choices
    default: []
    }
  }

  /// The value of a word of a layer's text, in the domain or not; `nil` if it is of another kind.
  ///
  /// Lists are written `5x3`; `5` is short for `5x5` where there are always two.
  func value(of word: String) -> ParameterValue? {
    switch self {
    case .number: return Double(word).map { .number($0) }
    case .whole: return Int(word).map { .number(Double($0)) }
    case .choice: return .choice(word)
    case .list(let element, let counts, _):
      let parts = word.split(separator: "x", omittingEmptySubsequences: false)
      let values = parts.compactMap { element.value(of: String($0)) }
      guard values.count == parts.count else { return nil }
      return .list(counts == 2...2 && values.count == 1 ? values + values : values)
    case .either(let domains):
      // Every word may be meant as a choice, so that the first value is not always an allowed one.
      let values = domains.compactMap { $0.value(of: word) }
      return values.first(where: contains) ?? values.first
    case .phrased(_, let domain): return domain.value(of: word)
    case .flag, .text, .table, .nested: return nil
    }
  }

  /// The inverse of `value(of:)`. Numbers that need not be whole keep their point: texts are part of the keys of trials.
  func word(for value: ParameterValue) -> String {
    switch (self, value) {
    case (.number, .number(let number)): return "\(number)"
    case (.list(let element, _, _), .list(let values)):
      return values.map(element.word(for:)).joined(separator: "x")
    case (.either(let domains), _):
      return domains.first { $0.contains(value) }?.word(for: value) ?? value.description
    case (.phrased(_, let domain), _): return domain.word(for: value)
    default: return value.description
    }
  }
}
