/// A type of property that a parameter can store its value in.
public protocol ParameterConvertible: SendableMetatype {
  var parameterValue: ParameterValue { get }
  /// - Returns: `nil` if `value` is of another kind.
  init?(parameterValue value: ParameterValue)
}

extension Double: ParameterConvertible {
  public var parameterValue: ParameterValue { .number(self) }

  public init?(parameterValue value: ParameterValue) {
    guard case .number(let number) = value else { return nil }
    self = number
  }
}

extension Int: ParameterConvertible {
  public var parameterValue: ParameterValue { .number(Double(self)) }

  public init?(parameterValue value: ParameterValue) {
    guard case .number(let number) = value else { return nil }
    self.init(exactly: number)
  }
}

extension Bool: ParameterConvertible {
  public var parameterValue: ParameterValue { .flag(self) }

  public init?(parameterValue value: ParameterValue) {
    guard case .flag(let flag) = value else { return nil }
    self = flag
  }
}

extension String: ParameterConvertible {
  public var parameterValue: ParameterValue { .text(self) }

  public init?(parameterValue value: ParameterValue) {
    guard case .text(let text) = value else { return nil }
    self = text
  }
}

extension Array: ParameterConvertible where Element: ParameterConvertible {
  public var parameterValue: ParameterValue { .list(map(\.parameterValue)) }

  public init?(parameterValue value: ParameterValue) {
    guard case .list(let values) = value else { return nil }
    let elements = values.compactMap { Element(parameterValue: $0) }
    guard elements.count == values.count else { return nil }
    self = elements
  }
}

extension [Int: Double]: ParameterConvertible {
  public var parameterValue: ParameterValue { .table(self) }

  public init?(parameterValue value: ParameterValue) {
    guard case .table(let table) = value else { return nil }
    self = table
  }
}

extension Optional: ParameterConvertible where Wrapped: ParameterConvertible {
  public var parameterValue: ParameterValue { map(\.parameterValue) ?? .absent }

  public init?(parameterValue value: ParameterValue) {
    if value == .absent {
      self = .none
    } else {
      guard let wrapped = Wrapped(parameterValue: value) else { return nil }
      self = wrapped
    }
  }
}
