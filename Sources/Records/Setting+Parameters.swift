package import Parameters

extension Setting {
  /// As trials are keyed.
  package init(_ value: ParameterValue) {
    self =
      switch value {
      case .number(let number): .number(number)
      case .flag(let flag): .flag(flag)
      case .list(let values): .text(values.map(\.description).joined(separator: " "))
      case .choice, .text, .table, .nested, .absent: .text(value.description)
      }
  }

  /// As problems are recorded: lists stay lists.
  package static func recorded(_ value: ParameterValue) -> Setting {
    guard case .list(let values) = value else { return Setting(value) }
    return .list(values.map(recorded))
  }

  /// The value of a hyperparameter that was kept so.
  package var parameterValue: ParameterValue {
    switch self {
    case .number(let number): .number(number)
    case .flag(let flag): .flag(flag)
    case .text(let text): .choice(text)
    case .list(let items): .list(items.map(\.parameterValue))
    }
  }
}
