import Records

extension ScenarioResult {
  /// The run of an optimizer's first seed, which stands for it where a chart has room for one path.
  func firstRun(of label: String) -> Run? {
    runs.filter { $0.optimizer == label }.min { $0.seed < $1.seed }
  }
}
