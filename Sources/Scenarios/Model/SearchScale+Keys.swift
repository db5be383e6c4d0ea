import Parameters

extension SearchScale {
  /// Ends the sentence "… must be".
  var requirement: String {
    switch self {
    case .linear: "two numbers, the lower one first, such as [0, 1]"
    case .log: "two numbers above 0, the lower one first, such as [1.0e-4, 1]"
    case .complement: "two numbers below 1, the lower one first, such as [0.5, 0.999]"
    }
  }

  var meaning: String {
    switch self {
    case .linear: "evenly spaced"
    case .log: "evenly spaced in the logarithm"
    case .complement: "evenly spaced in the logarithm of the distance to 1"
    }
  }
}
