import Parameters

extension ReferenceValue {
  /// More steps, iterations or pairs than any recorded trajectory has.
  private static let largestWhole = 1e6

  /// The value of a declared parameter.
  ///
  /// - Throws: `malformed` for another type and for numbers that make no sense in any library, `notCovered` for what `domain` does not contain.
  func value(for domain: ParameterDomain, key: String, field: String) throws(CaseError)
    -> ParameterValue
  {
    guard let value = converted(to: domain) else {
      throw .malformed(field: field, reason: "must be \(domain), not \(self)")
    }
    if domain.isWhole, case .number(let number) = value, number > Self.largestWhole {
      throw .notCovered("'\(key)' of more than \(Int(Self.largestWhole))")
    }
    guard domain.contains(value) else {
      throw .notCovered("'\(key)' of \(self); here it is \(domain)")
    }
    return value
  }

  private func converted(to domain: ParameterDomain) -> ParameterValue? {
    switch (domain, self) {
    case (.number(let interval), .number(let number)):
      return number.isFinite && (number >= 0 || interval.lower < 0) ? .number(number) : nil
    case (.whole, .number(let number)):
      return number >= 0 && number <= 1e15 && number == number.rounded() ? .number(number) : nil
    // Lists of lists too, one after the other.
    case (.list(.number, _, _), .list(let list)) where list.allSatisfy(\.isList):
      return .list(numbers.map { .number($0) })
    case (.list(let element, _, _), .list(let list)):
      let values = list.compactMap { $0.converted(to: element) }
      return values.count == list.count ? .list(values) : nil
    case (.flag, .flag(let flag)): return .flag(flag)
    case (.choice, .text(let text)): return .choice(text)
    case (.phrased(_, let domain), _): return converted(to: domain)
    case (.either(let domains), _):
      return domains.lazy.compactMap { converted(to: $0) }.first
    default: return nil
    }
  }

  private var isList: Bool {
    if case .list = self { true } else { false }
  }

  /// Whether both are of one type of JSON.
  func isAlike(_ other: ReferenceValue) -> Bool {
    switch (self, other) {
    case (.number, .number), (.flag, .flag), (.text, .text), (.list, .list), (.absent, .absent):
      true
    default: false
    }
  }
}
