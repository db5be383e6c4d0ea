/// The words of a layer's text, taken one by one.
package struct LayerWords {
  package let text: String
  private let words: [String]
  private var position = 1
  /// How the layer is written, for errors.
  package var form = ""

  /// - Parameter words: the name first.
  init(_ words: [String], form: String) {
    text = words.joined(separator: " ")
    self.words = words
    self.form = form
  }

  var isAtEnd: Bool { position >= words.count }

  var malformed: NetworkError { .malformedLayer(text, expected: "'\(form)'") }

  /// The next word if it is one of `names`.
  mutating func option(among names: [String]) -> String? {
    guard position < words.count, names.contains(words[position]) else { return nil }
    position += 1
    return words[position - 1]
  }

  mutating func word() throws(NetworkError) -> String {
    guard position < words.count else { throw malformed }
    position += 1
    return words[position - 1]
  }

  mutating func whole(in range: ClosedRange<Int>) throws(NetworkError) -> Int {
    guard let number = Int(try word()), range.contains(number) else {
      throw .malformedLayer(
        text,
        expected: "'\(form)' with whole numbers from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  mutating func number(_ requirement: String, _ isAllowed: (Double) -> Bool) throws(NetworkError)
    -> Double
  {
    guard let number = Double(try word()), number.isFinite, isAllowed(number) else {
      throw .malformedLayer(text, expected: "'\(form)' with \(requirement)")
    }
    return number
  }

  /// Whether the next word is a number.
  var isAtNumber: Bool { position < words.count && Double(words[position]) != nil }

  /// `5x5`, or `5` for both.
  mutating func size(in range: ClosedRange<Int>) throws(NetworkError) -> (height: Int, width: Int) {
    let parts = try word().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(parts.count), let height = parts[0], let width = parts[parts.count - 1],
      range.contains(height), range.contains(width)
    else {
      throw .malformedLayer(
        text,
        expected:
          "'\(form)' with a window such as 3x3, each side from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return (height, width)
  }
}
