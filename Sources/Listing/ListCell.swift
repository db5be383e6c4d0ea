package import Parameters

/// One value of a listing: its text in tables and CSV, and its value in JSON.
package struct ListCell: Hashable, Sendable, Encodable {
  private enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([ListCell])
    case absent
  }

  package let text: String
  private let value: Value

  private init(_ text: String, _ value: Value) {
    self.text = text
    self.value = value
  }

  package static func text(_ text: String) -> ListCell { ListCell(text, .text(text)) }
  package static func number(_ number: Int) -> ListCell {
    ListCell("\(number)", .number(Double(number)))
  }
  package static func flag(_ flag: Bool) -> ListCell { ListCell("\(flag)", .flag(flag)) }
  /// Empty in tables, `null` in JSON.
  package static let absent = ListCell("", .absent)

  package init(_ value: ParameterValue) {
    let json: Value =
      switch value {
      case .number(let number): .number(number)
      case .flag(let flag): .flag(flag)
      case .list(let values): .list(values.map { ListCell($0) })
      case .choice, .text, .table, .nested: .text(value.description)
      case .absent: .absent
      }
    self.init(value.description, json)
  }

  /// The default of a parameter. A phrase that describes an absent value, such as "the budget", is text in tables alone.
  package init(defaultOf parameter: ParameterDescription) {
    if parameter.isRequired {
      self = .absent
    } else if parameter.defaultValue == .absent {
      self.init(parameter.defaultText, .absent)
    } else {
      self.init(parameter.defaultValue)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let cells): try container.encode(cells)
    case .absent: try container.encodeNil()
    }
  }
}

extension ListCell: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .text(text) }
}
