/// A token of an expression and the column where it starts.
struct ExpressionToken {
  enum Kind: Equatable {
    case number(Double)
    case name(String)
    /// One of + - * / ^ ( ) and the comma.
    case symbol(Character)
    case end
  }

  var kind: Kind
  var column: Int
}

/// Tokenizer of the text of an expression.
struct ExpressionScanner {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

  mutating func tokens() throws(ExpressionError) -> [ExpressionToken] {
    var tokens: [ExpressionToken] = []
    while position < characters.count {
      let character = characters[position]
      let column = position + 1
      if character.isWhitespace {
        position += 1
      } else if Self.isDigit(character) || character == "." {
        tokens.append(ExpressionToken(kind: .number(try number()), column: column))
      } else if Self.isLetter(character) {
        let name = take { Self.isLetter($0) || Self.isDigit($0) }
        tokens.append(ExpressionToken(kind: .name(name), column: column))
      } else if character == "*", position + 1 < characters.count, characters[position + 1] == "*" {
        throw ExpressionError(column: column, "write powers with '^', not '**'")
      } else if "+-*/^(),".contains(character) {
        tokens.append(ExpressionToken(kind: .symbol(character), column: column))
        position += 1
      } else {
        throw ExpressionError(
          column: column,
          "unexpected '\(character)'; use names, numbers, + - * / ^, commas and parentheses")
      }
    }
    tokens.append(ExpressionToken(kind: .end, column: characters.count + 1))
    return tokens
  }

  /// Digits with a point and an exponent; an e without digits after it is the start of a name.
  private mutating func number() throws(ExpressionError) -> Double {
    let start = position
    _ = take(while: Self.isDigit)
    if position < characters.count, characters[position] == "." {
      position += 1
      _ = take(while: Self.isDigit)
    }
    if position < characters.count, "eE".contains(characters[position]) {
      var next = position + 1
      if next < characters.count, "+-".contains(characters[next]) { next += 1 }
      if next < characters.count, Self.isDigit(characters[next]) {
        position = next
        _ = take(while: Self.isDigit)
      }
    }
    let text = String(characters[start..<position])
    guard let value = Double(text) else {
      throw ExpressionError(column: start + 1, "'\(text)' is not a number")
    }
    guard value.isFinite else {
      throw ExpressionError(column: start + 1, "'\(text)' is too large")
    }
    return value
  }

  private mutating func take(while belongs: (Character) -> Bool) -> String {
    let start = position
    while position < characters.count, belongs(characters[position]) { position += 1 }
    return String(characters[start..<position])
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func isLetter(_ character: Character) -> Bool {
    ("a"..."z").contains(character) || ("A"..."Z").contains(character) || character == "_"
  }
}
