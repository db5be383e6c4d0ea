import Records
import Statistics
import Text

/// Deterministic problems: counts must be equal and values agree up to rounding (``RoundingFloor``), or something has changed.
///
/// A better result is a change too: a lost bias correction, for example, may end at a lower loss. `bench check --update` accepts
/// it.
enum ExactTier {
  static func finding(
    _ scenario: BaselineScenario, _ optimizer: String, _ before: [BaselineRun],
    _ now: [BaselineRun]
  ) -> GateFinding {
    var differences: [String] = []
    if before.map(\.seed) != now.map(\.seed) {
      differences.append("seeds: \(before.map(\.seed)) → \(now.map(\.seed))")
    } else {
      for (old, new) in zip(before, now) where differences.isEmpty {
        differences = Self.differences(old, new)
      }
    }
    guard let first = differences.first else {
      // Counts, the result and the values on the way to it.
      let quantities = 5 + (before.first?.waypoints.count ?? 0)
      let runs = before.count == 1 ? "" : " in each of \(before.count) runs"
      return GateFinding(
        scenario.name, optimizer, tier: "exact", .unchanged,
        "unchanged (\(quantities) quantities\(runs))")
    }
    let rest = differences.count - 1
    let more = rest > 0 ? " (\(counted(rest, "more difference", plural: "more differences")))" : ""
    return GateFinding(
      scenario.name, optimizer, tier: "exact", .changed,
      first + more + direction(scenario.metric, before, now))
  }

  /// Which way the results went, if all that differ went the same way.
  private static func direction(
    _ metric: Metric, _ before: [BaselineRun], _ now: [BaselineRun]
  ) -> String {
    let changes = zip(before, now).filter { $0.seed == $1.seed && !hasSameResult($0, $1) }
    guard let (old, new) = changes.first else { return "" }
    let isBetter = changes.map { metric.isBetter($1.result, than: $0.result) }
    guard Set(isBetter).count == 1 else { return "; some results are better, some worse" }
    return
      "; the result is \(isBetter[0] ? "better" : "worse"): \(old.result.shortest) → \(new.result.shortest)"
  }

  static func hasSameResult(_ old: BaselineRun, _ new: BaselineRun) -> Bool {
    agree(old.result, new.result, scale: scale(of: old))
  }

  /// The initial loss, which rounding errors are relative to.
  private static func scale(of run: BaselineRun) -> Double { abs(run.waypoints["loss_at_0"] ?? 1) }

  static func differences(_ old: BaselineRun, _ new: BaselineRun) -> [String] {
    var found: [String] = []
    func count(_ name: String, _ before: Int?, _ now: Int?) {
      guard before != now else { return }
      let words = [before, now].map { $0.map { "\($0)" } ?? "not reached" }
      found.append("\(name): \(words[0]) → \(words[1])")
    }
    if old.status != new.status { found.append("status: \(old.status) → \(new.status)") }
    count("steps", old.steps, new.steps)
    count("loss evaluations", old.lossEvaluations, new.lossEvaluations)
    count("gradient evaluations", old.gradientEvaluations, new.gradientEvaluations)
    count("steps to target", old.stepsToTarget, new.stepsToTarget)
    let scale = scale(of: old)
    func value(_ name: String, _ before: Double?, _ now: Double?) {
      guard !agree(before, now, scale: scale) else { return }
      let words = [before, now].map { $0?.shortest ?? "none" }
      found.append("\(name): \(words[0]) → \(words[1])")
    }
    for name in BaselineRun.waypointNames {
      value(name, old.waypoints[name], new.waypoints[name])
    }
    value("result", old.result, new.result)
    return found
  }

  static func agree(_ before: Double?, _ now: Double?, scale: Double) -> Bool {
    guard let before, let now else { return before == nil && now == nil }
    return RoundingFloor.agree(before, now, scale: scale.isFinite ? max(1, scale) : 1)
  }

  /// The verdict of pairs of runs. A direction is known only if all results that differ went the same way.
  static func verdict(
    _ pairs: [(first: BaselineRun, second: BaselineRun)], _ metric: Metric
  ) -> (PairedComparison.Verdict, detail: String) {
    let changed = pairs.filter { !hasSameResult($0.first, $0.second) }
    let better = changed.count { metric.isBetter($0.second.result, than: $0.first.result) }
    if changed.isEmpty {
      guard let first = pairs.lazy.flatMap({ differences($0.first, $0.second) }).first else {
        return (.equal, "")
      }
      return (.changed, "equal results, but \(first)")
    }
    if better == changed.count { return (.better, "") }
    if better == 0 { return (.worse, "") }
    return (
      .changed, "better with \(counted(better, "seed")), worse with \(changed.count - better)"
    )
  }
}
