import Analysis
import Foundation
import Records
import Statistics
import Text

/// Fraction of many targets reached against evaluations, a step line per optimizer (see ``RuntimeProfile``).
struct TargetsChart: Chart {
  let name = "targets"
  let summary =
    "fraction of \(TargetLadder.count) targets reached within a number of evaluations"
  let needs = ChartNeeds([.surface, .network])
  let isUsual = false

  func takeaway(_ analysis: ScenarioAnalysis) -> String? {
    TargetProfile.takeaway(analysis.profiles.map { ($0.optimizer, $0.evaluations) })?
      .capitalizedFirst
  }

  /// Chart of a scenario; its targets range from the worst start to the scenario's target, or to the best value of any run.
  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    let ladder = analysis.ladder
    let metric = ladder.metric
    guard let easiest = ladder.targets.first, let hardest = ladder.targets.last else {
      throw CannotDraw(
        reason: "no run of the scenario improved its \(metric.words) after the start")
    }
    let styles = Palette.styles(of: scenario.optimizers)
    let lines = analysis.profiles.compactMap { profile in
      styles[profile.optimizer].map {
        TargetLine(label: profile.optimizer, style: $0, profile: profile.evaluations)
      }
    }
    let seeds = Set(result.runs.map(\.seed)).count
    var notes = result.missingRuns
    notes.append(
      "\(ladder.targets.count) targets, \(metric.words) from \(metric.text(easiest)) to \(metric.text(hardest))"
    )
    if seeds > 1 { notes.append(scenario.replicates(seeds)) }
    if metric.isPerEpoch { notes.append("networks are evaluated once per epoch") }
    notes.append("legend: fraction at the end of the budget")
    return TargetLine.drawing(
      lines, name: name, title: "\(scenario.title): targets reached over evaluations",
      subtitle: scenario.shownTask, note: notes.joined(separator: "; "),
      comment: "\(scenario.title): fraction of targets reached", startsAtFirst: metric.isPerEpoch)
  }
}
