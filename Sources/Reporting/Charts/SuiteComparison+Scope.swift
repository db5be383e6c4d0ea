import Analysis

extension SuiteComparison {
  /// Number of compared scenarios, with their names if there are few; the chart of ranks has them all.
  var scope: String {
    "\(scenarios.count) scenarios that all \(optimizers.count) optimizers ran on"
      + (scenarios.count <= 4 ? ": " + scenarios.joined(separator: ", ") : "")
  }
}
