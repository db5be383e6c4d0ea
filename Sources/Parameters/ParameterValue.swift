/// The value of a parameter, whatever its owner.
public enum ParameterValue: Hashable, Sendable {
  /// Whole numbers too.
  case number(Double)
  case flag(Bool)
  /// One of several names.
  case choice(String)
  case text(String)
  case list([ParameterValue])
  /// Numbers by position.
  case table([Int: Double])
  /// Something with parameters of its own, such as a wrapped rule.
  case nested(NestedValue)
  /// Left out.
  case absent
}

extension ParameterValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension ParameterValue: CustomStringConvertible {
  /// As results keep it: no commas, semicolons or equals signs, which tables give a meaning.
  public var description: String {
    switch self {
    case .number(let number): number.parameterText
    case .flag(let flag): "\(flag)"
    case .choice(let text), .text(let text): text
    case .list(let values): values.map(\.description).joined(separator: "/")
    case .table(let table):
      table.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.parameterText)" }
        .joined(separator: "/")
    case .nested(let value): value.name
    case .absent: "auto"
    }
  }
}

/// A value that has parameters of its own, compared by value.
public struct NestedValue: Hashable, Sendable {
  public let base: any Parameterized

  public init(_ base: any Parameterized) { self.base = base }

  /// As scenarios call it.
  public var name: String { type(of: base).name }
  /// See `Parameterized.flatSettings`.
  public var flatSettings: [String: ParameterValue] { base.flatSettings }

  public static func == (a: NestedValue, b: NestedValue) -> Bool {
    AnyHashable(a.base) == AnyHashable(b.base)
  }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }
}

extension Double {
  /// The shortest decimal that reads back to the same number; whole numbers without a fraction.
  var parameterText: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
