import Optimizers

/// A declared parameter, as a value of a reference file is checked against it.
struct ReferenceSlot {
  enum Kind {
    case number(allowsNegative: Bool)
    case whole
    case wholes
    case flag
    case choice
    case rule
  }

  var name: String
  var kind: Kind
  /// Ends the sentence "… must be".
  var requirement: String

  /// More steps, iterations or pairs than any recorded trajectory has.
  private static let largestWhole = 1e6

  /// Refuses a value of another type, and numbers that make no sense in any library.
  func check(_ value: ReferenceValue, field: String) throws(CaseError) {
    let fits =
      switch (kind, value) {
      case (.number(let allowsNegative), .number(let number)):
        number.isFinite && (allowsNegative || number >= 0)
      case (.whole, .number(let number)): Self.isCount(number)
      case (.wholes, .list(let list)):
        list.allSatisfy { if case .number(let number) = $0 { Self.isCount(number) } else { false } }
      case (.flag, .flag), (.choice, .text): true
      default: false
      }
    try CaseError.require(fits, field, "must be \(requirement), not \(value)")
    if case .number(let number) = value, case .whole = kind, number > Self.largestWhole {
      throw .notCovered("'\(name)' of more than \(Int(Self.largestWhole))")
    }
  }

  private static func isCount(_ number: Double) -> Bool {
    number >= 0 && number <= 1e15 && number == number.rounded()
  }
}

extension Optimizer {
  static var slots: [ReferenceSlot] {
    hyperparameterDescriptions.map { description in
      let kind: ReferenceSlot.Kind =
        switch description.domain {
        case .real: .number(allowsNegative: true)
        case .positive, .nonNegative, .fraction, .openFraction: .number(allowsNegative: false)
        case .count, .wholeNumber: .whole
        case .flag: .flag
        case .choice: .choice
        case .rule: .rule
        }
      return ReferenceSlot(
        name: description.name, kind: kind, requirement: description.domain.description)
    }
  }

  /// Sets a parameter to a value that its slot has checked.
  ///
  /// - Returns: Whether the rule takes the value.
  mutating func take(_ name: String, _ value: ReferenceValue) -> Bool {
    let converted: HyperparameterValue
    switch value {
    case .number(let number): converted = .number(number)
    case .flag(let flag): converted = .flag(flag)
    case .text(let text): converted = .choice(text)
    default: return false
    }
    return (try? set(name, to: converted)) != nil
  }

  /// Puts `inner` into a wrapper.
  mutating func wrap(_ inner: any Optimizer) {
    guard let slot = Self.slots.first(where: { if case .rule = $0.kind { true } else { false } })
    else { return }
    try? set(slot.name, to: .rule(WrappedRule(inner)))
  }
}

extension NamedSchedule {
  static var slots: [ReferenceSlot] {
    parameterDescriptions.map { description in
      let kind: ReferenceSlot.Kind =
        switch description.domain {
        case .positive, .nonNegative, .factor, .share, .fraction, .rates:
          .number(allowsNegative: false)
        case .whole: .whole
        case .milestones: .wholes
        case .flag: .flag
        case .choice: .choice
        }
      return ReferenceSlot(
        name: description.name, kind: kind, requirement: description.domain.description)
    }
  }

  /// Sets a parameter to a value that its slot has checked.
  ///
  /// - Returns: Whether the schedule takes the value.
  mutating func take(_ name: String, _ value: ReferenceValue) -> Bool {
    let isWhole = Self.slots.contains { slot in
      if slot.name == name, case .whole = slot.kind { true } else { false }
    }
    return switch value {
    case .number(let number): set(name, to: isWhole ? .whole(Int(number)) : .number(number))
    case .flag(let flag): set(name, to: .flag(flag))
    case .text(let text): set(name, to: .choice(text))
    case .list: set(name, to: .wholes(value.numbers.map { Int($0) }))
    default: false
    }
  }
}
