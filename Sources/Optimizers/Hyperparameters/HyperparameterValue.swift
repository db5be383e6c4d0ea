/// The value of a hyperparameter.
public enum HyperparameterValue: Hashable, Sendable {
  case number(Double)
  case flag(Bool)
  case choice(String)
  /// A rule that another one wraps.
  case rule(WrappedRule)
}

/// What values a hyperparameter takes.
public enum HyperparameterDomain: Hashable, Sendable {
  /// Greater than 0.
  case positive
  /// 0 or greater.
  case nonNegative
  /// 0 or greater and below 1.
  case fraction
  /// Above 0 and below 1.
  case openFraction
  /// A whole number of at least 1.
  case count
  /// A whole number of at least 0.
  case wholeNumber
  case real
  case flag
  case choice([String])
  /// Any optimizer.
  case rule

  public func contains(_ value: HyperparameterValue) -> Bool {
    switch (self, value) {
    case (.positive, .number(let number)): number > 0 && number.isFinite
    case (.nonNegative, .number(let number)): number >= 0 && number.isFinite
    case (.fraction, .number(let number)): number >= 0 && number < 1
    case (.openFraction, .number(let number)): number > 0 && number < 1
    case (.count, .number(let number)): Self.isWhole(number) && number >= 1
    case (.wholeNumber, .number(let number)): Self.isWhole(number) && number >= 0
    case (.real, .number(let number)): number.isFinite
    case (.flag, .flag), (.rule, .rule): true
    case (.choice(let names), .choice(let name)): names.contains(name)
    default: false
    }
  }

  /// Whether an `Int` holds the number, and any sane use of it does too.
  private static func isWhole(_ number: Double) -> Bool {
    number == number.rounded() && abs(number) <= 1e9
  }
}

extension HyperparameterDomain: CustomStringConvertible {
  /// Ends the sentence "… must be".
  public var description: String {
    switch self {
    case .positive: "a number above 0"
    case .nonNegative: "a number of at least 0"
    case .fraction: "a number of at least 0 and below 1"
    case .openFraction: "a number above 0 and below 1"
    case .count: "a whole number of at least 1"
    case .wholeNumber: "a whole number of at least 0"
    case .real: "a finite number"
    case .flag: "true or false"
    case .rule: "an optimizer, alone or with its hyperparameters"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    }
  }
}
