import Text

/// The value of a setting as a scenario writes it.
package enum Setting: Hashable, Sendable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([Setting])
}

extension Setting: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try container.decode([Setting].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .text(let text): try container.encode(text)
    case .list(let items): try container.encode(items)
    }
  }
}

extension Setting: CustomStringConvertible {
  package var description: String {
    switch self {
    case .number(let number): number.shortest
    case .flag(let flag): flag ? "true" : "false"
    case .text(let text): text
    case .list(let items): "[\(items.map(\.description).joined(separator: ", "))]"
    }
  }
}
