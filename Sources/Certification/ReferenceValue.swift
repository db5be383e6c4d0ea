/// A value as reference files write it.
enum ReferenceValue: Decodable, Hashable, Sendable {
  /// Infinity too, which files write as the text `inf`.
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([ReferenceValue])
  /// The hyperparameters of a wrapped rule.
  case mapping([String: ReferenceValue])
  /// `null`.
  case absent

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .absent
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let list = try? container.decode([ReferenceValue].self) {
      self = .list(list)
    } else if let mapping = try? container.decode([String: ReferenceValue].self) {
      self = .mapping(mapping)
    } else {
      let text = try container.decode(String.self)
      self = text == "inf" ? .number(.infinity) : .text(text)
    }
  }
}

extension ReferenceValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByStringLiteral
{
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(stringLiteral value: String) { self = .text(value) }
}

extension ReferenceValue: CustomStringConvertible {
  var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .text(let text): "'\(text)'"
    case .list(let list): "[\(list.map(\.description).joined(separator: ", "))]"
    case .mapping: "an object"
    case .absent: "null"
    }
  }
}

extension ReferenceValue {
  /// All numbers of a nested list, row-major.
  var numbers: [Double] {
    switch self {
    case .number(let number): [number]
    case .list(let list): list.flatMap(\.numbers)
    default: []
    }
  }

  /// Lengths along the axes; `nil` if the value is no number and no list of equally long lists of numbers.
  var shape: [Int]? {
    switch self {
    case .number(let number): return number.isFinite ? [] : nil
    case .list(let list):
      let shapes = list.map(\.shape)
      guard let first = shapes.first else { return [0] }
      return shapes.allSatisfy { $0 == first } ? first.map { [list.count] + $0 } : nil
    default: return nil
    }
  }
}
