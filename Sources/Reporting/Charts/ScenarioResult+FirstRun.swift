import Records

extension ScenarioResult {
  /// Run of an optimizer with its first seed, for charts with room for one path per optimizer.
  func firstRun(of label: String) -> Run? { firstRuns(of: label, count: 1).first }

  /// Runs of an optimizer with its first seeds; where several are asked for, only seeds below `count`, so that all optimizers have
  /// the same.
  func firstRuns(of label: String, count: Int) -> [Run] {
    let own = runs.filter { $0.optimizer == label }.sorted { $0.seed < $1.seed }
    return count == 1 ? Array(own.prefix(1)) : own.filter { $0.seed < count }
  }
}
