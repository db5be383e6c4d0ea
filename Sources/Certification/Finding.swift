/// The result of checking one quantity of one case.
package struct Finding: Hashable, Sendable {
  package enum Verdict: String, Sendable {
    case agrees
    case differs
    /// Names an optimizer, option or field that is not known.
    case notCovered = "not covered"
  }

  /// As the file calls it.
  package var name: String
  /// What was compared, such as `params`.
  package var quantity: String
  package var verdict: Verdict
  /// Largest deviation, max|p − p'|/max(1, |p|) for vectors; NaN when nothing was compared.
  package var worstError: Double
  package var tolerance: Double
  /// The step with the largest deviation.
  package var step: Int?
  /// What is not covered.
  package var remark: String
}

extension Finding {
  /// A comparison; agrees if `worst` is within `tolerance`.
  init(
    _ name: String, _ quantity: String, worst: Double, tolerance: Double, step: Int? = nil,
    remark: String = ""
  ) {
    self.init(
      name: name, quantity: quantity, verdict: worst <= tolerance ? .agrees : .differs,
      worstError: worst, tolerance: tolerance, step: step, remark: remark)
  }

  /// Nothing was compared.
  init(
    _ name: String, _ quantity: String, notCovered remark: String, tolerance: Double = .nan
  ) {
    self.init(
      name: name, quantity: quantity, verdict: .notCovered, worstError: .nan,
      tolerance: tolerance, step: nil, remark: remark)
  }

  /// max|p − p'|/max(1, |p|), p being `expected`; infinite if a number is missing or is a NaN.
  static func deviation(_ found: [Double], from expected: [Double]) -> Double {
    let deviations = zip(found, expected).map { $0 == $1 ? 0 : abs($0 - $1) / max(1, abs($1)) }
    // A NaN is no small deviation, and max would overlook it.
    return found.count != expected.count || deviations.contains(where: \.isNaN)
      ? .infinity : deviations.max() ?? 0
  }
}
