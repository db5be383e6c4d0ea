/// The value of a schedule's parameter.
public enum ScheduleValue: Hashable, Sendable {
  case number(Double)
  case whole(Int)
  case wholes([Int])
  /// Rates from positions on.
  case rates([Int: Double])
  case flag(Bool)
  case choice(String)
  /// Left out: follows from the budget or from the learning rate.
  case automatic
}

extension ScheduleValue: CustomStringConvertible {
  /// Without commas, semicolons and equals signs.
  public var description: String {
    switch self {
    case .number(let number): Self.text(number)
    case .whole(let number): "\(number)"
    case .wholes(let numbers): numbers.map(String.init).joined(separator: "/")
    case .rates(let rates):
      rates.sorted { $0.key < $1.key }.map { "\($0.key):\(Self.text($0.value))" }
        .joined(separator: "/")
    case .flag(let flag): "\(flag)"
    case .choice(let name): name
    case .automatic: "auto"
    }
  }

  private static func text(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// What values a schedule's parameter takes.
public enum ScheduleDomain: Hashable, Sendable {
  /// Greater than 0.
  case positive
  /// 0 or greater.
  case nonNegative
  /// Greater than 0 and at most 1.
  case factor
  /// Greater than 0 and below 1.
  case share
  /// 0 or greater and below 1.
  case fraction
  /// A whole number of at least this.
  case whole(atLeast: Int)
  /// Whole numbers, each larger than the one before.
  case milestones
  case rates
  case flag
  case choice([String])

  public func contains(_ value: ScheduleValue) -> Bool {
    switch (self, value) {
    case (.positive, .number(let number)): number > 0 && number.isFinite
    case (.nonNegative, .number(let number)): number >= 0 && number.isFinite
    case (.factor, .number(let number)): number > 0 && number <= 1
    case (.share, .number(let number)): number > 0 && number < 1
    case (.fraction, .number(let number)): number >= 0 && number < 1
    case (.whole(let least), .whole(let number)): number >= least
    case (.milestones, .wholes(let numbers)):
      numbers.first.map { $0 >= 1 } ?? false && zip(numbers, numbers.dropFirst()).allSatisfy(<)
    case (.rates, .rates(let rates)):
      !rates.isEmpty && rates.allSatisfy { $0.key >= 0 && $0.value >= 0 && $0.value.isFinite }
    case (.flag, .flag): true
    case (.choice(let names), .choice(let name)): names.contains(name)
    default: false
    }
  }
}

extension ScheduleDomain: CustomStringConvertible {
  /// Ends the sentence "… must be".
  public var description: String {
    switch self {
    case .positive: "a number above 0"
    case .nonNegative: "a number of at least 0"
    case .factor: "a number above 0 and at most 1"
    case .share: "a number above 0 and below 1"
    case .fraction: "a number of at least 0 and below 1"
    case .whole(let least): "a whole number of at least \(least)"
    case .milestones: "a list of growing whole numbers of at least 1, such as [10, 20]"
    case .rates: "a mapping of positions to rates, such as {0: 0.1, 10: 0.01}"
    case .flag: "true or false"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    }
  }
}
