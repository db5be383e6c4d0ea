extension Double {
  /// The shortest decimal that reads back to the same number; whole numbers without a fraction; `nan`, `inf`, `-inf`.
  ///
  /// What every file of the product writes.
  package var shortest: String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
