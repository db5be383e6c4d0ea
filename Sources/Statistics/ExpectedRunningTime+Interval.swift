import Foundation

extension Attempts {
  /// Fewer runs have no interval: too many of their intervals would miss the true value.
  package static let leastRunsOfInterval = 10

  /// Confidence interval of the expected running time r: of its logarithm, as that of a ratio estimator (Cochran 1977, "Sampling
  /// techniques", section 6.3).
  ///
  /// r is the ratio of the mean effort ē to the success rate. With eᵢ the effort of run i up to the target or its end, and sᵢ 1 if it
  /// reached the target, ln r is off by about the mean of the deviations (eᵢ − r·sᵢ)/ē, whose interval is Student's, extended for
  /// skewness (``SkewedTails``). Both ends are finite and above 0 for any runs with a success, also where runs tie: a studentized
  /// bootstrap divides by the spread of resamples, which is 0 for many of them if most runs reach the target after the same epoch.
  ///
  /// Simulated coverage of the 95 % interval for lognormal running times of deviation ½ and 1 that are cut so that a share of
  /// runs succeeds, with 20 runs: 0.95 and 0.93 (all succeed), 0.94 and 0.96 (0.9), 0.98 and 0.98 (0.5), 0.96 and 0.96 (0.2). With 10
  /// runs it is 0.92 to 0.99, and 0.86 at a share of 0.2, because sets without a success have no interval (0.96 of those with one).
  ///
  /// - Returns: `nil` for fewer than ``leastRunsOfInterval`` runs, without a success, and if all runs are equal: they say nothing about
  ///   their spread.
  package func expectedRunningTimeInterval(level: Double = 0.95) -> ClosedRange<Double>? {
    precondition(level > 0 && level < 1, "a level is between 0 and 1")
    let costs = zip(efforts, spent).map { $0 ?? $1 }
    let ratio = expectedRunningTime
    let mean = Statistics.mean(of: costs)
    guard efforts.count >= Self.leastRunsOfInterval, ratio.isFinite, mean > 0 else { return nil }
    let deviations = zip(efforts, costs).map { (($0 == nil ? 0 : -ratio) + $1) / mean }
    // The deviations of equal runs differ from 0 by rounding only.
    guard deviations.contains(where: { abs($0) > RoundingFloor.relative }),
      let tails = SkewedTails(deviations, level: level, weight: 1)
    else { return nil }
    return ratio * exp(tails.lower * tails.error)...ratio * exp(tails.upper * tails.error)
  }
}
