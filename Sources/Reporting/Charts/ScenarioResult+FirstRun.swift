import Records

extension ScenarioResult {
  /// Run of an optimizer with its first seed, for charts with room for one path per optimizer.
  func firstRun(of label: String) -> Run? {
    runs.filter { $0.optimizer == label }.min { $0.seed < $1.seed }
  }
}
