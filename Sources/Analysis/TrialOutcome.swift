package import Records

extension TrialRecord {
  /// Updates made when the target was first seen to be reached; also of runs that diverge later.
  package func steps(to target: Target) -> Int? {
    guard let curve = curve(target.metric) else { return nil }
    return curve.values.firstIndex(where: target.isReached(by:)).map { curve.steps[$0] }
  }

  /// Wall time until the target was seen to be reached, if it took every step alike.
  package func seconds(to target: Target) -> Double? {
    steps(to: target).map { steps == 0 ? 0 : wallSeconds * Double($0) / Double(steps) }
  }

  /// What the trial came to, or the worst there is after a divergence.
  package func outcome(of metric: Metric) -> Double {
    let worst = metric.largerIsBetter ? -Double.infinity : .infinity
    guard status.isComplete, let value = result(of: metric), value.isFinite else {
      return worst
    }
    return value
  }
}
