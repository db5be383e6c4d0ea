extension String {
  /// The text with control characters as `\u{1B}`, which a terminal shows instead of obeying; lines stay.
  package var visible: String {
    guard unicodeScalars.contains(where: \.isHidden) else { return self }
    return unicodeScalars.map { scalar in
      scalar.isHidden ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
    }.joined()
  }
}

extension Unicode.Scalar {
  fileprivate var isHidden: Bool { properties.generalCategory == .control && self != "\n" }
}
