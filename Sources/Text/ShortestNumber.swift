extension Double {
  /// Shortest decimal that reads back as the same number; whole numbers without a fraction; `nan`, `inf`, `-inf`.
  ///
  /// Used in all files.
  package var shortest: String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
