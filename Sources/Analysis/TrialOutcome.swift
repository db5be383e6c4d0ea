package import Records

extension TrialRecord {
  /// Updates until the target was first reached, including runs that diverge later.
  package func steps(to target: Target) -> Int? {
    guard let curve = curve(target.metric) else { return nil }
    return curve.values.firstIndex(where: target.isReached(by:)).map { curve.steps[$0] }
  }

  /// Wall time until the target was reached, with the time divided evenly over the steps.
  package func seconds(to target: Target) -> Double? {
    steps(to: target).map { steps == 0 ? 0 : wallSeconds * Double($0) / Double(steps) }
  }

  /// Result of the trial; ∞ or −∞, whichever is worse, after a divergence.
  package func outcome(of metric: Metric) -> Double {
    let worst = metric.largerIsBetter ? -Double.infinity : .infinity
    guard status.isComplete, let value = result(of: metric), value.isFinite else {
      return worst
    }
    return value
  }
}
