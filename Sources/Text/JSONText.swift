import Foundation

/// JSON inside a page: numbers with seven digits, which the standard JSON encoder cannot write, and text that cannot end
/// the surrounding script element.
package indirect enum JSONText {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case numbers([Double])
  case text(String)
  case array([JSONText])
  case object(KeyValuePairs<String, JSONText>)

  package static func text(_ text: String?) -> JSONText { text.map { .text($0) } ?? .null }
  package static func number(_ number: Double?) -> JSONText { number.map { .number($0) } ?? .null }

  package var text: String {
    var text = ""
    append(to: &text)
    return text
  }

  private func append(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .number(let number): text += Self.written(number)
    case .numbers(let numbers):
      Self.append(numbers, "[", "]", to: &text) { $1 += Self.written($0) }
    case .text(let string): text += Self.quoted(string)
    case .array(let items):
      Self.append(items, "[", "]", to: &text) { $0.append(to: &$1) }
    case .object(let pairs):
      Self.append(Array(pairs), "{", "}", to: &text) {
        $1 += Self.quoted($0.key) + ":"
        $0.value.append(to: &$1)
      }
    }
  }

  private static func append<Item>(
    _ items: [Item], _ opening: String, _ closing: String, to text: inout String,
    each: (Item, inout String) -> Void
  ) {
    text += opening
    var isFirst = true
    for item in items {
      if !isFirst { text += "," }
      isFirst = false
      each(item, &text)
    }
    text += closing
  }

  /// A number; `null` if it is not finite, because JSON has no such numbers.
  private static func written(_ number: Double) -> String {
    number.isFinite ? NumberText.drawn(number) : "null"
  }

  /// Text with all characters escaped that could end a string, a script or a line.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\", "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
