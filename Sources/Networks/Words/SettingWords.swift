/// The words of a text such as `conv 32 5x5 same`, taken one by one.
struct SettingWords {
  let text: String
  private let words: [String]
  private var position = 0

  init(_ text: String) {
    self.text = text
    words = text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  var peek: String? { position < words.count ? words[position] : nil }
  var isAtEnd: Bool { peek == nil }
  var isAtNumber: Bool { peek.flatMap { Double($0) } != nil }

  mutating func next() -> String? {
    guard let word = peek else { return nil }
    position += 1
    return word
  }

  /// - Parameters:
  ///   - form: how the text should be written.
  ///   - reason: what is wrong, where that is known.
  func malformed(form: String, reason: String? = nil) -> NetworkError {
    .malformedLayer(text, expected: "'\(form)'" + (reason.map { "; \($0)" } ?? ""))
  }
}
