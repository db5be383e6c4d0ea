/// What the check of one quantity of one case came to.
public struct Finding: Hashable, Sendable {
  public enum Verdict: String, Sendable {
    case agrees
    case differs
    /// Names an optimizer, option or field that is not known.
    case notCovered = "not covered"
  }

  /// As the file calls it.
  public var name: String
  /// What was compared, such as `params`.
  public var quantity: String
  public var verdict: Verdict
  /// Largest deviation, max|p − p'|/max(1, |p|) for vectors; NaN when nothing was compared.
  public var worstError: Double
  public var tolerance: Double
  /// The step with the largest deviation.
  public var step: Int?
  /// What is not covered.
  public var remark: String
}

/// Why a case cannot be checked.
struct NotCovered: Error {
  /// The optimizer, option or field that is not known.
  var what: String
}
