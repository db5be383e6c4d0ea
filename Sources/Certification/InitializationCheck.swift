import Networks

/// Variances and bounds of initializations against recorded ones.
enum InitializationCheck {
  static func findings(for recorded: NetworkCase) -> [Finding] {
    guard let fanIn = recorded.number("fan_in"), let fanOut = recorded.number("fan_out"),
      fanIn >= 1, fanOut >= 1
    else { return [finding(recorded, "fan_in", nil, 0, remark: "fans")] }
    return recorded.values.keys.sorted().filter { !["name", "fan_in", "fan_out"].contains($0) }.map
    {
      key in
      finding(
        recorded, key, value(key, fanIn: Int(fanIn), fanOut: Int(fanOut)),
        recorded.number(key) ?? .nan, remark: "field '\(key)'")
    }
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

  /// At most four roundings on either side, of half a unit each: 8·2⁻⁵³ relative.
  private static func finding(
    _ recorded: NetworkCase, _ key: String, _ found: Double?, _ expected: Double, remark: String
  ) -> Finding {
    let tolerance = 8 * 0x1p-53
    guard let found else {
      return Finding(
        name: "initialization/\(recorded.name)", quantity: key, verdict: .notCovered,
        worstError: .nan, tolerance: tolerance, step: nil, remark: remark)
    }
    let error = abs(found - expected) / abs(expected)
    return Finding(
      name: "initialization/\(recorded.name)", quantity: key,
      verdict: error <= tolerance ? .agrees : .differs, worstError: error, tolerance: tolerance,
      step: nil, remark: "")
  }
}
