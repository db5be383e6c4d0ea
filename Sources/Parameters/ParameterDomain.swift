/// The values that a parameter takes.
public indirect enum ParameterDomain: Hashable, Sendable {
  case number(NumberInterval)
  case whole(ClosedRange<Int>)
  case flag
  /// One of several names.
  case choice([String])
  /// One line of text; the phrase ends "must be …".
  case text(String)
  /// Values of one domain, each larger than the one before if `isIncreasing`.
  case list(of: ParameterDomain, counts: ClosedRange<Int>, isIncreasing: Bool = false)
  /// Numbers by position, at least one.
  case table(NumberInterval)
  /// Something with parameters of its own.
  case nested(NestedKind)
  /// Values of any of several domains, such as a number of samples or `full`.
  case either([ParameterDomain])
  /// Another domain in words of its own, which end the sentence "… must be".
  case phrased(String, ParameterDomain)

  public func contains(_ value: ParameterValue) -> Bool {
    switch (self, value) {
    case (.number(let interval), .number(let number)): interval.contains(number)
    case (.whole(let range), .number(let number)):
      Int(exactly: number).map(range.contains) ?? false
    case (.flag, .flag): true
    case (.choice(let names), .choice(let name)): names.contains(name)
    case (.text, .text(let text)):
      !text.isEmpty
        && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    case (.list(let domain, let counts, let isIncreasing), .list(let values)):
      counts.contains(values.count) && values.allSatisfy(domain.contains)
        && (!isIncreasing || Self.areIncreasing(values))
    case (.table(let interval), .table(let table)):
      !table.isEmpty && table.allSatisfy { $0.key >= 0 && interval.contains($0.value) }
    case (.nested(let kind), .nested(let value)): kind.includes(value)
    case (.either(let domains), _): domains.contains { $0.contains(value) }
    case (.phrased(_, let domain), _): domain.contains(value)
    default: false
    }
  }

  private static func areIncreasing(_ values: [ParameterValue]) -> Bool {
    let numbers = values.compactMap { Double(parameterValue: $0) }
    return zip(numbers, numbers.dropFirst()).allSatisfy(<)
  }

  /// Whether all numbers in it are whole.
  public var isWhole: Bool {
    switch self {
    case .whole: true
    case .phrased(_, let domain): domain.isWhole
    default: false
    }
  }
}

// MARK: The usual ones

extension ParameterDomain {
  /// Above 0.
  public static let positive = number(NumberInterval(0, .infinity, includesLower: false))
  /// 0 or above.
  public static let nonNegative = number(NumberInterval(0, .infinity))
  /// [0, 1).
  public static let fraction = number(NumberInterval(0, 1, includesUpper: false))
  /// (0, 1).
  public static let openFraction = number(
    NumberInterval(0, 1, includesLower: false, includesUpper: false))
  /// (0, 1].
  public static let factor = number(NumberInterval(0, 1, includesLower: false))
  /// Any finite number.
  public static let real = number(NumberInterval(-.infinity, .infinity))

  /// From the lower to the upper bound, both allowed.
  public static func number(in range: ClosedRange<Double>) -> ParameterDomain {
    .number(NumberInterval(range.lowerBound, range.upperBound))
  }

  /// A whole number without an upper limit but that of sanity.
  public static func whole(atLeast least: Int) -> ParameterDomain { .whole(least...unlimited) }

  /// More than any count of steps, samples or parameters.
  static let unlimited = 1_000_000_000_000
}

// MARK: Text

extension ParameterDomain: CustomStringConvertible {
  /// Ends the sentence "… must be".
  public var description: String {
    switch self {
    case .number, .whole: "a \(noun)\(bounds)"
    case .flag: "true or false"
    case .choice(let names):
      names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
    case .text(let phrase): phrase
    case .list(let domain, let counts, let isIncreasing):
      "a list of \(Self.text(of: counts))\(isIncreasing ? "increasing " : "")\(domain.noun)s\(domain.bounds)\(isIncreasing ? ", such as [10, 20]" : "")"
    case .table(let interval):
      "a mapping of positions to numbers\(interval.bounds), such as {0: 0.1, 10: 0.01}"
    case .nested(let kind): kind.phrase
    case .either(let domains): domains.map(\.description).joined(separator: ", or ")
    case .phrased(let phrase, _): phrase
    }
  }

  private var noun: String {
    switch self {
    case .number(let interval):
      interval.lower.isFinite || interval.upper.isFinite ? "number" : "finite number"
    case .whole: "whole number"
    case .list: "list"
    case .nested(let kind): kind.name
    default: "value"
    }
  }

  private var bounds: String {
    switch self {
    case .number(let interval): interval.bounds
    case .whole(let range):
      range.upperBound >= Self.unlimited
        ? " of at least \(range.lowerBound)"
        : " from \(range.lowerBound) to \(range.upperBound)"
    default: ""
    }
  }

  private static func text(of counts: ClosedRange<Int>) -> String {
    if counts.upperBound >= unlimited { return "" }
    return counts.lowerBound == counts.upperBound
      ? "\(counts.lowerBound) " : "\(counts.lowerBound) to \(counts.upperBound) "
  }
}

/// A kind of value that has parameters of its own.
public struct NestedKind: Hashable, Sendable {
  /// Such as "optimizer": names the catalogue to look in.
  public let name: String
  /// Ends the sentence "… must be".
  public let phrase: String
  /// The only type of the kind; `nil` where a catalogue has the types.
  public let type: (any Parameterized.Type)?

  /// Any entry of a catalogue.
  public init(_ name: String, phrase: String) {
    self.name = name
    self.phrase = phrase
    type = nil
  }

  private init<Group: Parameterized>(of type: Group.Type) {
    name = Group.name
    phrase = "a mapping of \(Group.parameters.map(\.name).joined(separator: ", "))"
    self.type = type
  }

  /// A group of settings of one type.
  public static func group<Group: Parameterized>(_ type: Group.Type) -> NestedKind {
    NestedKind(of: type)
  }

  func includes(_ value: NestedValue) -> Bool {
    type.map { $0 == Swift.type(of: value.base) } ?? true
  }

  public static func == (a: NestedKind, b: NestedKind) -> Bool {
    a.name == b.name && a.phrase == b.phrase
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
