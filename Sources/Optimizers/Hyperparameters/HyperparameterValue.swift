/// The value of a hyperparameter.
public enum HyperparameterValue: Hashable, Sendable {
  case number(Double)
  case flag(Bool)
  case choice(String)
}

/// What values a hyperparameter takes.
public enum HyperparameterDomain: Hashable, Sendable {
  /// Greater than 0.
  case positive
  /// 0 or greater.
  case nonNegative
  /// 0 or greater and below 1.
  case fraction
  case flag
  case choice([String])

  public func contains(_ value: HyperparameterValue) -> Bool {
    switch (self, value) {
    case (.positive, .number(let number)): number > 0 && number.isFinite
    case (.nonNegative, .number(let number)): number >= 0 && number.isFinite
    case (.fraction, .number(let number)): number >= 0 && number < 1
    case (.flag, .flag): true
    case (.choice(let names), .choice(let name)): names.contains(name)
    default: false
    }
  }
}

extension HyperparameterDomain: CustomStringConvertible {
  /// Ends the sentence "… must be".
  public var description: String {
    switch self {
    case .positive: "a number above 0"
    case .nonNegative: "a number of at least 0"
    case .fraction: "a number of at least 0 and below 1"
    case .flag: "true or false"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    }
  }
}
