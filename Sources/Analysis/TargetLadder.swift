import Foundation
package import Records

/// Targets of a scenario's runs, from the easiest to the hardest.
///
/// They lie between the worst start and the scenario's target, or the best value of any run without one: evenly spaced in the
/// logarithm if losses are positive, else evenly (Hansen et al. 2021, "COCO").
package struct TargetLadder: Sendable, Equatable {
  package static let count = 50

  package let metric: Metric
  /// From the easiest to the hardest; empty if the values do not differ.
  package let targets: [Double]

  init(_ result: ScenarioResult) {
    metric = result.scenario.target?.metric ?? result.scenario.rankedBy
    targets = Self.targets(of: result, metric: metric)
  }

  private static func targets(of result: ScenarioResult, metric: Metric) -> [Double] {
    let curves = result.runs.compactMap { $0.trial.curve(metric)?.values.map(metric.cost) }
    let start = curves.compactMap(\.first).filter(\.isFinite).max()
    let best =
      result.scenario.target.map { metric.cost($0.value) }
      ?? curves.compactMap { $0.filter(\.isFinite).min() }.min()
    guard let start, let best, best < start else { return [] }
    return (1...count).map { index in
      let part = Double(index) / Double(count)
      if index == count { return metric.cost(best) }
      return metric.cost(
        best > 0 ? start * pow(best / start, part) : start + part * (best - start))
    }
  }
}

extension TrialRecord {
  /// Steps to each of the targets, from the easiest to the hardest; infinite if not reached. One pass over the curve.
  func steps(to ladder: TargetLadder) -> [Double] {
    let targets = ladder.targets
    var reached = [Double](repeating: .infinity, count: targets.count)
    guard let curve = curve(ladder.metric) else { return reached }
    var next = 0
    for (step, value) in zip(curve.steps, curve.values) {
      while next < targets.count,
        Target(metric: ladder.metric, value: targets[next]).isReached(by: value)
      {
        reached[next] = Double(step)
        next += 1
      }
      if next == targets.count { break }
    }
    return reached
  }
}
