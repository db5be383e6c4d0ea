import Networks

/// Variances and bounds of initializations against recorded ones.
enum InitializationCheck {
  /// At most four roundings on either side, of half a unit each: 8·2⁻⁵³ relative.
  private static let tolerance = 8 * 0x1p-53

  /// - Throws: What is wrong with the case; what is not covered is a finding.
  static func findings(for recorded: NetworkCase) throws(CaseError) -> [Finding] {
    let range = 1...1_000_000_000
    guard let fanIn = try recorded.whole("fan_in", in: range) else {
      throw .malformed(field: "fan_in", reason: "is missing")
    }
    guard let fanOut = try recorded.whole("fan_out", in: range) else {
      throw .malformed(field: "fan_out", reason: "is missing")
    }
    let name = "initialization/\(recorded.name)"
    var findings: [Finding] = []
    for key in recorded.values.keys.sorted() where !["name", "fan_in", "fan_out"].contains(key) {
      guard let found = value(key, fanIn: fanIn, fanOut: fanOut) else {
        findings.append(Finding(name, key, notCovered: "field '\(key)'", tolerance: tolerance))
        continue
      }
      guard let expected = try recorded.number(key) else {
        throw .malformed(field: key, reason: "is missing")
      }
      findings.append(
        Finding(name, key, worst: abs(found - expected) / abs(expected), tolerance: tolerance))
    }
    return findings
  }

  private static func value(_ key: String, fanIn: Int, fanOut: Int) -> Double? {
    func variance(_ initialization: Initialization) -> Double {
      initialization.variance(fanIn: fanIn, fanOut: fanOut)
    }
    func bound(_ initialization: Initialization) -> Double {
      initialization.uniformBound(fanIn: fanIn, fanOut: fanOut)
    }
    return switch key {
    case "xavier_variance": variance(.xavierNormal)
    case "xavier_uniform_bound": bound(.xavierUniform)
    case "xavier_normal_std": variance(.xavierNormal).squareRoot()
    case "he_variance": variance(.he)
    case "he_uniform_bound": bound(.heUniform)
    case "he_normal_std": variance(.he).squareRoot()
    case "he_leaky_0_01_variance": variance(.heLeaky(slope: 0.01))
    case "lecun_variance": variance(.lecun)
    default: nil
    }
  }
}
