import Optimizers

/// Clips recorded gradients, through the same code that trains.
enum ClippingCheck {
  private static let fields: Set<String> = [
    "name", "method", "clip_value", "max_norm", "norm_type", "total_norm", "gradients_before",
    "gradients_after", "formula",
  ]

  /// - Throws: What is wrong with the case; what is not covered is a finding.
  static func findings(for recorded: NetworkCase) throws(CaseError) -> [Finding] {
    do throws(CaseError) {
      try recorded.refuseFields(beyond: fields)
      let before = try tensors("gradients_before", of: recorded)
      let after = try tensors("gradients_after", of: recorded)
      try CaseError.require(
        before.map(\.shape) == after.map(\.shape), "gradients_after",
        "must have the shapes of 'gradients_before'")
      let transform = try transform(of: recorded)
      var gradients = before.flatMap(\.numbers)
      var findings: [Finding] = []
      if let expected = try recorded.number("total_norm"),
        let clipping = transform as? ClipByGlobalNorm
      {
        findings.append(
          finding(
            recorded, "total_norm", found: [clipping.norm(of: gradients.span)],
            expected: [expected], count: gradients.count))
      }
      let parameters = gradients
      var span = gradients.mutableSpan
      transform.apply(
        to: &span, parameters: parameters.span, layout: ParameterLayout(shapes: before.map(\.shape))
      )
      findings.append(
        finding(
          recorded, "gradients_after", found: gradients, expected: after.flatMap(\.numbers),
          count: gradients.count))
      return findings
    } catch {
      guard case .notCovered(let what) = error else { throw error }
      return [Finding(recorded.name, "gradients", notCovered: what)]
    }
  }

  private static func tensors(
    _ key: String, of recorded: NetworkCase
  ) throws(CaseError) -> [NetworkCase.Tensor] {
    guard case .list(let list) = recorded.values[key], !list.isEmpty else {
      throw .malformed(field: key, reason: "must be a list of tensors")
    }
    return try list.map { value throws(CaseError) in try NetworkCase.tensor(value, key) }
  }

  private static func transform(
    of recorded: NetworkCase
  ) throws(CaseError) -> any GradientTransform {
    switch try recorded.text("method") {
    case "value": return ClipByValue(limit: try limit("clip_value", of: recorded))
    case "global_norm":
      let limit = try limit("max_norm", of: recorded)
      switch recorded.values["norm_type"] {
      case nil: return ClipByGlobalNorm(limit: limit)
      case .number(let order) where order > 0: return ClipByGlobalNorm(limit: limit, order: order)
      case .some(let value):
        throw .malformed(field: "norm_type", reason: "must be a number above 0, not \(value)")
      }
    case nil: throw .malformed(field: "method", reason: "is missing")
    case .some(let method): throw .notCovered("method '\(method)'")
    }
  }

  private static func limit(
    _ key: String, of recorded: NetworkCase
  ) throws(CaseError) -> Double {
    let limit = try recorded.number(key)
    guard let limit, limit > 0 else {
      throw .malformed(
        field: key, reason: limit == nil ? "is missing" : "must be above 0")
    }
    return limit
  }

  /// A norm over n entries is a sum of n rounded terms, and scaling adds a quotient and a product: (n + 4)·2⁻⁵³
  /// relative on either side. Powers of libm, for other orders than 2, are within a unit each: 3n instead of n.
  private static func finding(
    _ recorded: NetworkCase, _ quantity: String, found: [Double], expected: [Double], count: Int
  ) -> Finding {
    let worst =
      found.count == expected.count
      ? zip(found, expected).reduce(0.0) { worst, pair in
        let error = pair.0 == pair.1 ? 0 : abs(pair.0 - pair.1) / abs(pair.1)
        return error <= worst ? worst : error.isNaN ? .infinity : error
      } : .infinity
    return Finding(
      "clipping/\(recorded.name)", quantity, worst: worst,
      tolerance: 2 * Double(3 * count + 4) * 0x1p-53)
  }
}
