import Foundation

/// Labels and categories as they are distinguished.
enum LabelText {
  /// Up to here, whole numbers are distinct as `Double`.
  private static let exact = 0x1p53

  /// One text for all spellings of a number: `1` for `1.0` and `01`; other texts as they are.
  static func canonical(_ text: String) -> String {
    guard let number = number(text) else { return text }
    if let whole = Int(exactly: number) { return "\(whole)" }
    return "\(number)"
  }

  /// Whether a text is a number in other writing: `1,5`, `12 %`, `$3`, `inf`, `0x1F`.
  static func looksNumeric(_ text: String) -> Bool {
    if Double(text) != nil { return true }
    let rest = text.drop { "+-$€£".contains($0) }
    return rest.contains(where: \.isNumber)
      && rest.allSatisfy { $0.isNumber || ".,%' ".contains($0) }
  }

  /// The number that a text is, written with digits alone.
  static func number(_ text: String) -> Double? {
    guard let first = text.utf8.first, first < UInt8(ascii: "A"),
      text.utf8.allSatisfy({
        $0 < UInt8(ascii: "A") || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
      }),
      let number = Double(text), number.magnitude <= exact
    else { return nil }
    return number
  }
}
