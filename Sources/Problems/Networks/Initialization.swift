/// How the weights of a layer start; biases start at 0.
public enum Initialization: String, CaseIterable, Hashable, Codable, Sendable {
  /// Normal with variance 2/fan_in, which keeps the variance of the signal through rectifiers
  /// (He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers", equation 10).
  case he

  /// Standard deviation of a weight of a unit with `fanIn` inputs.
  package func weightDeviation(fanIn: Int) -> Double {
    switch self {
    case .he: (2 / Double(fanIn)).squareRoot()
    }
  }
}
