package import Parameters
import Text

/// What a field without a value leads to.
package enum MissingValues: String, CaseIterable, Hashable, Sendable {
  /// An error that names line and column.
  case refuse
  /// The row is left out.
  case drop
  /// The mean of the training samples; of a category its share.
  case mean

  /// What people write where there is no value.
  private static let marks: Set<String> = [
    "", "?", "na", "n/a", "#n/a", "<na>", "nan", "-nan", "null", "none",
  ]
  /// The same for labels: `none` and `null` may be classes.
  private static let labelMarks: Set<String> = ["", "?", "na", "n/a", "nan"]

  static func isMark(_ text: String) -> Bool {
    text.utf8.count <= 5 && marks.contains(text.lowercased())
  }

  static func isLabelMark(_ text: String) -> Bool {
    text.utf8.count <= 5 && labelMarks.contains(text.lowercased())
  }
}

/// The mark between whole part and fraction.
package enum DecimalMark: String, CaseIterable, Hashable, Sendable {
  case point
  case comma
}

/// A separator as a scenario writes it.
package struct SeparatorWord: Hashable, Sendable, ParameterConvertible {
  private let word: String

  /// No letters, digits, signs and points, which numbers have, and no quotes.
  private static let characters = Array(",;|:!#$%&/=@^_~ \t").map(String.init)
  private static let words = ["comma", "semicolon", "tab", "space", "spaces"]

  package static let domain = ParameterDomain.phrased(
    "one character in quotes such as \";\", or tab or spaces", .choice(characters + words))

  package var parameterValue: ParameterValue { .choice(word) }

  package init?(parameterValue value: ParameterValue) {
    guard case .choice(let word) = value else { return nil }
    self.word = word
  }

  var separator: CSVSeparator {
    switch word {
    case "comma": .comma
    case "semicolon": .character(UInt8(ascii: ";"))
    case "tab": .character(UInt8(ascii: "\t"))
    case " ", "space", "spaces": .blanks
    default: .character(word.utf8.first ?? UInt8(ascii: ","))
    }
  }
}
