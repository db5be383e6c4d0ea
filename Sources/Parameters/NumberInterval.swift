/// An interval of finite numbers, with or without its ends.
public struct NumberInterval: Hashable, Sendable {
  /// −∞ for none.
  public let lower: Double
  /// ∞ for none.
  public let upper: Double
  public let includesLower: Bool
  public let includesUpper: Bool

  public init(
    _ lower: Double, _ upper: Double, includesLower: Bool = true, includesUpper: Bool = true
  ) {
    precondition(lower <= upper, "an interval has its lower end first")
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }

  public func contains(_ number: Double) -> Bool {
    number.isFinite && (includesLower ? number >= lower : number > lower)
      && (includesUpper ? number <= upper : number < upper)
  }

  /// Follows "a number" in "a number above 0".
  var bounds: String {
    let (from, to) = (lower.parameterText, upper.parameterText)
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return ""
    case (true, false): return includesLower ? " of at least \(from)" : " above \(from)"
    case (false, true): return includesUpper ? " of at most \(to)" : " below \(to)"
    case (true, true):
      guard !includesLower || !includesUpper else { return " from \(from) to \(to)" }
      return " in \(includesLower ? "[" : "(")\(from), \(to)\(includesUpper ? "]" : ")")"
    }
  }
}
