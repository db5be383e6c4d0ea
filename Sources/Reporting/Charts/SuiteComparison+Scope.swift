import Analysis

extension SuiteComparison {
  /// How many scenarios are compared; their names too where they fit, else the map of ranks has them.
  var scope: String {
    "\(scenarios.count) scenarios in which all \(optimizers.count) took part"
      + (scenarios.count <= 4 ? ": " + scenarios.joined(separator: ", ") : "")
  }
}
