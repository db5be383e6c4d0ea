import Foundation
import Records
import Statistics
import Text

/// Networks: two samples of seeds, compared by the exact two-sided Mann–Whitney test.
///
/// All comparisons of a check share `falseAlarmRate`, an upper bound of the probability that a check without any change
/// reports a difference (Holm). Real differences below `smallestEffect` are not reported.
package struct NoisyTier: Sendable {
  package var falseAlarmRate: Double
  /// Of accuracies the difference of medians, of losses that difference as a share of the baseline's.
  package var smallestEffect: (accuracy: Double, loss: Double)

  /// Runs per optimizer of a baseline. With n runs on both sides, the smallest p value is 2/C(2n, n): 10⁻⁵ for ten, which is
  /// significant even among some hundred comparisons.
  package static let seeds = 10

  package init(
    falseAlarmRate: Double = 0.01,
    smallestEffect: (accuracy: Double, loss: Double) = (accuracy: 0.005, loss: 0.02)
  ) {
    self.falseAlarmRate = falseAlarmRate
    self.smallestEffect = smallestEffect
  }

  struct Pair {
    var place: Int
    var scenario: BaselineScenario
    var optimizer: String
    var before: [BaselineRun]
    var now: [BaselineRun]
  }

  /// One quantity of one optimizer, turned so that lower is better.
  private struct Comparison {
    var name: String
    var before: [Double]
    var now: [Double]
    var isAccuracy: Bool
    var pValue: Double

    init?(_ name: String, _ before: [Double], _ now: [Double], isAccuracy: Bool) {
      guard let test = MannWhitneyTest(before, now) else { return nil }
      self.name = name
      self.before = before
      self.now = now
      self.isAccuracy = isAccuracy
      pValue = test.pValue
    }
  }

  /// A finding per pair, in order.
  func findings(_ pairs: [Pair]) -> [GateFinding] {
    let comparisons = pairs.map(Self.comparisons)
    let adjusted = holmAdjusted(comparisons.joined().map(\.pValue))
    var next = 0
    return zip(pairs, comparisons).map { pair, own in
      defer { next += own.count }
      return finding(pair, zip(own, adjusted[next...]).map { ($0, $1) })
    }
  }

  /// The result, and the training loss, which shows a change before accuracies do.
  private static func comparisons(_ pair: Pair) -> [Comparison] {
    let metric = pair.scenario.metric
    let losses = [pair.before, pair.now].map { runs in
      runs.map { run -> Double in
        let loss = run.waypoints["train_loss"] ?? .infinity
        return run.status == TrialStatus.finished.name && !loss.isNaN ? loss : .infinity
      }
    }
    let isAccuracy = metric.largerIsBetter
    return [
      Comparison(
        metric.rawValue, pair.before.map { metric.cost($0.result) },
        pair.now.map { metric.cost($0.result) }, isAccuracy: isAccuracy),
      Comparison("train_loss", losses[0], losses[1], isAccuracy: false),
    ].compactMap(\.self)
  }

  private func finding(_ pair: Pair, _ own: [(Comparison, Double)]) -> GateFinding {
    let significant = own.filter { $1 < falseAlarmRate && isLarge($0) }
    let worse = significant.filter { median(of: $0.0.now) > median(of: $0.0.before) }
    let verdict = Self.verdict(worse: worse.count, of: significant.count)
    let shown =
      verdict == .changed
      ? significant : Array((worse.isEmpty ? significant : worse).prefix(1))
    let described = (shown.isEmpty ? Array(own.prefix(1)) : shown).map { describe($0.0, $0.1) }
    return GateFinding(
      pair.scenario.name, pair.optimizer, tier: "noisy", verdict,
      described.isEmpty ? "no runs" : described.joined(separator: "; "))
  }

  /// No direction is known where some quantities are better and others worse, such as accuracy and training loss.
  private static func verdict(worse: Int, of significant: Int) -> GateFinding.Verdict {
    if significant == 0 { return .unchanged }
    if worse == 0 { return .improvement }
    return worse == significant ? .regression : .changed
  }

  private func isLarge(_ comparison: Comparison) -> Bool {
    let before = median(of: comparison.before)
    let difference = abs(pairedDifference(median(of: comparison.now), before))
    return comparison.isAccuracy
      ? difference >= smallestEffect.accuracy : difference >= smallestEffect.loss * abs(before)
  }

  private func describe(_ comparison: Comparison, _ adjusted: Double) -> String {
    func text(_ value: Double) -> String {
      value.isFinite ? String(format: "%.4g", abs(value)) : value.shortest
    }
    let delta = cliffsDelta(comparison.now, comparison.before)
    let effect =
      delta.map {
        String(
          format: ", Cliff's δ = %.2f (%.2f to %.2f)", $0.value, $0.interval.lowerBound,
          $0.interval.upperBound)
      } ?? ""
    return
      "\(comparison.name): \(text(median(of: comparison.before))) → \(text(median(of: comparison.now))), n = \(comparison.before.count) and \(comparison.now.count), adjusted p = \(String(format: "%.2g", adjusted))\(effect)"
  }
}
