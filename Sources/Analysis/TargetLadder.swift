import Foundation
package import Records

/// Targets of a scenario's runs, from the easiest to the hardest.
///
/// Losses with a lowest value have targets f* + d with the distance d evenly spaced in the logarithm, from that of the worst start to
/// that of the scenario's target, or without one to 10⁻⁷ of the start's (Hansen et al. 2021, "COCO", section 4.2). f* is the lowest
/// value that is known of a surface, or the best one that any run found; losses of networks are taken to 10⁻² of the start's distance
/// only, because below that they are noise. Where the target is below every value that was found, and for accuracies and losses without
/// a lowest value, targets are evenly spaced between the worst start and the target or the best value. A constant added to the loss
/// changes no distance.
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
    let starts = result.runs.compactMap { $0.trial.curve(metric)?.values.first }
    guard let start = starts.map(metric.cost).filter(\.isFinite).max(),
      let best = LowestValues.best(of: metric, in: result)
    else { return [] }
    let target = result.scenario.target.map { metric.cost($0.value) }
    let hardest = target ?? best
    guard hardest < start else { return [] }
    guard let lowest = lowest(of: result, metric, best: best, target: target) else {
      return (1...count).map { index in
        let part = Double(index) / Double(count)
        return metric.cost(index == count ? hardest : start + part * (hardest - start))
      }
    }
    let least = (result.scenario.kind == .surface ? 1e-7 : 1e-2) * (start - lowest)
    let ratio = max(hardest - lowest, least) / (start - lowest)
    return (1...count).map { index in
      if index == count, let target { return metric.cost(target) }
      return metric.cost(lowest + (start - lowest) * pow(ratio, Double(index) / Double(count)))
    }
  }

  /// The value that distances are measured from; `nil` where targets are spaced evenly.
  private static func lowest(
    of result: ScenarioResult, _ metric: Metric, best: Double, target: Double?
  ) -> Double? {
    guard !metric.largerIsBetter, result.scenario.isUnbounded != true else { return nil }
    var lowest = best
    if metric == .loss, result.scenario.kind == .surface {
      // Variants may run on surfaces with other lowest values: the least of all is below every one of their losses.
      lowest = LowestValues(result).least ?? best
    }
    if let target, target < lowest { return nil }
    return lowest
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
