import Foundation
import Records
import Statistics

/// Shares of many targets that an optimizer reached, against steps: COCO's runtime profile (Hansen et al. 2021, section 4.4).
///
/// Targets of a scenario lie between the worst first value of any run and the scenario's own target, or the best value of any run
/// where it has none: evenly on a logarithmic scale for losses above zero, else evenly.
enum TargetsTable: CSVTable {
  static let file = "targets.csv"
  static let columns = ["scenario", "optimizer", "metric", "targets", "steps", "share"]
  static let count = 50

  static func write(_ result: ScenarioResult, to writer: CSVWriter) throws(ReportError) {
    let metric = result.scenario.target?.metric ?? result.scenario.rankedBy
    let ladder = targets(of: result, metric: metric)
    guard !ladder.isEmpty else { return }
    for participant in result.scenario.optimizers {
      let runs = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
      guard !runs.isEmpty else { continue }
      let efforts = runs.flatMap { run in
        run.stepsToTargets(ladder, metric: metric).map { $0 ?? .infinity }
      }
      let distribution = EmpiricalDistribution(efforts)
      for (steps, share) in zip(distribution.places, distribution.shares) {
        try writer.row([
          .text(result.scenario.name), .text(participant.label), .text(metric.rawValue),
          .integer(ladder.count), .number(steps), .number(share),
        ])
      }
    }
  }

  /// From the easiest to the hardest; none where values tell no two apart.
  static func targets(of result: ScenarioResult, metric: Metric) -> [Double] {
    let sign = metric.largerIsBetter ? -1.0 : 1
    let curves = result.runs.compactMap { $0.trial.curve(metric)?.values.map { sign * $0 } }
    let start = curves.compactMap(\.first).filter(\.isFinite).max()
    let best =
      result.scenario.target.map { sign * $0.value }
      ?? curves.compactMap { $0.filter(\.isFinite).min() }.min()
    guard let start, let best, best < start else { return [] }
    return (1...count).map { index in
      let part = Double(index) / Double(count)
      if index == count { return sign * best }
      return sign * (best > 0 ? start * pow(best / start, part) : start + part * (best - start))
    }
  }
}

extension TrialRecord {
  /// Steps to each of the targets, which get harder along the list. One pass over the curve.
  func stepsToTargets(_ targets: [Double], metric: Metric) -> [Double?] {
    var reached = [Double?](repeating: nil, count: targets.count)
    guard let curve = curve(metric) else { return reached }
    var next = 0
    for (step, value) in zip(curve.steps, curve.values) {
      while next < targets.count,
        Target(metric: metric, value: targets[next]).isReached(by: value)
      {
        reached[next] = Double(step)
        next += 1
      }
      if next == targets.count { break }
    }
    return reached
  }
}
