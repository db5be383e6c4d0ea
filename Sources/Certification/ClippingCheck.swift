import Optimizers

/// A case of `network-cases/1` about clipping.
struct ClippingCase {
  var name: String
  var method: String?
  var clipValue: Double?
  var maxNorm: Double?
  var normType: ReferenceValue?
  var totalNorm: Double?
  var gradientsBefore: [ReferenceValue]?
  var gradientsAfter: [ReferenceValue]?

  init(_ recorded: NetworkCase) throws(NotCovered) {
    name = recorded.name
    method = recorded.text("method")
    clipValue = recorded.number("clip_value")
    maxNorm = recorded.number("max_norm")
    normType = recorded.values["norm_type"]
    totalNorm = recorded.number("total_norm")
    func list(_ key: String) -> [ReferenceValue]? {
      if case .list(let list) = recorded.values[key] { list } else { nil }
    }
    gradientsBefore = list("gradients_before")
    gradientsAfter = list("gradients_after")
    try recorded.refuseFields(beyond: [
      "name", "method", "clip_value", "max_norm", "norm_type", "total_norm", "gradients_before",
      "gradients_after", "formula",
    ])
  }
}

/// Clips recorded gradients, through the same code that trains.
enum ClippingCheck {
  static func findings(for values: NetworkCase) -> [Finding] {
    do throws(NotCovered) {
      let recorded = try ClippingCase(values)
      guard let before = recorded.gradientsBefore, let after = recorded.gradientsAfter else {
        throw NotCovered(what: "case without clipped gradients")
      }
      let layout = try layout(of: before)
      var gradients = before.flatMap(\.numbers)
      let transform = try transform(of: recorded)
      var findings: [Finding] = []
      if let expected = recorded.totalNorm, let clipping = transform as? ClipByGlobalNorm {
        findings.append(
          finding(
            recorded, "total_norm", found: [clipping.norm(of: gradients.span)],
            expected: [expected]))
      }
      let parameters = gradients
      var span = gradients.mutableSpan
      transform.apply(to: &span, parameters: parameters.span, layout: layout)
      findings.append(
        finding(
          recorded, "gradients_after", found: gradients, expected: after.flatMap(\.numbers)))
      return findings
    } catch {
      return [
        Finding(
          name: values.name, quantity: "gradients", verdict: .notCovered, worstError: .nan,
          tolerance: .nan, step: nil, remark: error.what)
      ]
    }
  }

  private static func transform(
    of recorded: ClippingCase
  ) throws(NotCovered) -> any GradientTransform {
    switch (recorded.method, recorded.clipValue, recorded.maxNorm) {
    case ("value", let limit?, nil) where limit > 0: return ClipByValue(limit: limit)
    case ("global_norm", nil, let limit?) where limit > 0:
      switch recorded.normType {
      case nil: return ClipByGlobalNorm(limit: limit)
      case .text("inf"): return ClipByGlobalNorm(limit: limit, order: .infinity)
      case .number(let order) where order > 0: return ClipByGlobalNorm(limit: limit, order: order)
      default: throw NotCovered(what: "value of 'norm_type'")
      }
    default: throw NotCovered(what: "method '\(recorded.method ?? "none")'")
    }
  }

  private static func layout(of tensors: [ReferenceValue]) throws(NotCovered) -> ParameterLayout {
    var begin = 0
    var result: [ParameterLayout.Tensor] = []
    for tensor in tensors {
      let shape = tensor.shape
      let count = tensor.numbers.count
      guard shape.reduce(1, *) == count else { throw NotCovered(what: "ragged tensor") }
      result.append(.init(range: begin..<begin + count, shape: shape))
      begin += count
    }
    return ParameterLayout(tensors: result)
  }

  /// A norm over n entries is a sum of n rounded terms, and scaling adds a quotient and a product: (n + 4)·2⁻⁵³
  /// relative on either side. Powers of libm, for other orders than 2, are within a unit each: 3n instead of n.
  private static func finding(
    _ recorded: ClippingCase, _ quantity: String, found: [Double], expected: [Double]
  ) -> Finding {
    let count = recorded.gradientsBefore?.flatMap(\.numbers).count ?? 0
    let tolerance = 2 * Double(3 * count + 4) * 0x1p-53
    let worst =
      found.count == expected.count
      ? zip(found, expected).reduce(0.0) { worst, pair in
        let error = pair.0 == pair.1 ? 0 : abs(pair.0 - pair.1) / abs(pair.1)
        return error <= worst ? worst : error.isNaN ? .infinity : error
      } : .infinity
    return Finding(
      name: "clipping/\(recorded.name)", quantity: quantity,
      verdict: worst <= tolerance ? .agrees : .differs, worstError: worst, tolerance: tolerance,
      step: nil, remark: "")
  }
}
