import Foundation
package import Records

/// Targets of a scenario's runs, from the easiest to the hardest.
///
/// They lie between the worst start and the scenario's target, or the best value of any run without one: evenly spaced in the
/// logarithm if losses are positive, else evenly (Hansen et al. 2021, "COCO").
package enum TargetLadder {
  package static let count = 50

  /// From the easiest to the hardest; empty if the values do not differ.
  package static func targets(of result: ScenarioResult, metric: Metric) -> [Double] {
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
  /// Steps to each of the targets, from the easiest to the hardest. One pass over the curve.
  package func stepsToTargets(_ targets: [Double], metric: Metric) -> [Double?] {
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
