import Analysis
import Records

extension Report {
  /// Charts across scenarios; those without enough results are left out.
  var suiteTasks: [ChartTask] {
    guard scenarios.count >= 2 else { return [] }
    let (scenarios, results) = (scenarios, self.source)
    let source = LazySource {
      SuiteComparison(
        try scenarios.compactMap {
          ScenarioStanding(of: try results.result(of: $0, trajectories: .none))
        })
    }
    return SuiteCharts.all.map { kind in
      ChartTask(folder: SuiteCharts.folder, chart: kind.name) {
        let comparison = try source.value()
        guard comparison.optimizers.count >= 2, comparison.scenarios.count >= 2 else { return nil }
        let participants = comparison.optimizers.map {
          Participant(label: $0, rule: $0, hyperparameters: [:])
        }
        return try? kind.draw(comparison, Palette.styles(of: participants))
      }
    }
  }
}
