import Analysis
import Records

extension Report {
  /// Charts across scenarios; those without enough results are left out.
  var suiteCharts: [ChartTask] {
    guard contents.hasSuiteCharts, suite.scenarios.count >= 2 else { return [] }
    let comparison = suite.comparison
    let canCompare = !comparison.optimizers.isEmpty
    let styles = Palette.styles(
      of: comparison.optimizers.map { Participant(label: $0, rule: $0, hyperparameters: [:]) })
    return SuiteCharts.all.map { chart in
      ChartTask(
        folder: SuiteCharts.folder, chart: chart.name,
        drawing: .success(canCompare ? try? chart.draw(comparison, styles) : nil))
    }
  }
}
