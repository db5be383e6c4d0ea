import Foundation
package import Randomness

extension Attempts {
  /// Fewer runs have no interval: too many of their intervals would miss the true value.
  package static let leastRunsOfInterval = 10

  /// Confidence interval of the expected running time by the studentized bootstrap of its logarithm (Efron and Tibshirani 1993,
  /// section 12.5).
  ///
  /// With r the ratio of the mean effort to the success rate, the standard error of ln r is that of a ratio estimator,
  /// √(Σ(eᵢ − r·sᵢ)² / (n(n − 1))) / ē, where eᵢ is the effort of run i up to the target or its end, and sᵢ is 1 if it reached the
  /// target. Runs are resampled with their outcome, as COCO's simulated restarts do (Hansen et al. 2021, section 5).
  ///
  /// Simulated coverage of the 95 % interval, for lognormal running times of deviation ½ and 1 that are cut so that a share of
  /// runs succeeds: 0.95 and 0.92 (all succeed), 0.91 and 0.93 (0.9), 0.95 and 0.96 (0.5), 0.95 and 0.96 (0.2) for 20 runs. With 10
  /// runs it is 0.91 to 0.99, and 0.87 to 0.89 at a share of 0.2, because sets without a success have no interval. Percentile intervals cover 0.85 to 0.94 and 0.81 to 0.92.
  ///
  /// - Parameter key: Its purpose is `.resampling`; equal keys and runs give equal intervals.
  /// - Returns: `nil` for fewer than ``leastRunsOfInterval`` runs, and without a success. The upper end is infinite where resamples often
  ///   have no success.
  /// - Complexity: O(*n* · `resamples`).
  package func expectedRunningTimeInterval(
    level: Double = 0.95, resamples: Int = 2000, key: RandomKey
  ) -> ClosedRange<Double>? {
    precondition(key.purpose == .resampling, "a key for resampling is needed")
    precondition(
      (0..<1).contains(level) && resamples > 0, "an interval needs a level and resamples")
    let count = efforts.count
    let costs = zip(efforts, spent).map { $0 ?? $1 }
    let hits = efforts.map { $0 == nil ? 0.0 : 1 }
    guard count >= Self.leastRunsOfInterval, successes > 0, costs.allSatisfy(\.isFinite),
      let own = LogRatio(costs, hits, Array(0..<count))
    else { return nil }
    guard own.error > 0 else { return own.ratio...own.ratio }
    var generator = key.generator()
    var drawn = [Int](repeating: 0, count: count)
    var scores: [Double] = []
    scores.reserveCapacity(resamples)
    for _ in 0..<resamples {
      for index in drawn.indices { drawn[index] = generator.integer(below: count) }
      // Without a success, the ratio is infinite.
      guard let one = LogRatio(costs, hits, drawn) else {
        scores.append(.infinity)
        continue
      }
      let distance = log(one.ratio / own.ratio)
      scores.append(one.error > 0 ? distance / one.error : distance == 0 ? 0 : distance * .infinity)
    }
    scores.sort()
    let tail = (1 - level) / 2
    let (low, high) = (
      own.ratio * exp(-quantile(1 - tail, ofSorted: scores) * own.error),
      own.ratio * exp(-quantile(tail, ofSorted: scores) * own.error)
    )
    return low.isNaN || high.isNaN ? nil : low...high
  }
}

/// Expected running time of some runs and the standard error of its logarithm.
private struct LogRatio {
  let ratio: Double
  let error: Double

  /// - Returns: `nil` without a success, and if no run had any effort.
  init?(_ costs: [Double], _ hits: [Double], _ runs: [Int]) {
    var (cost, hit) = (0.0, 0.0)
    for run in runs {
      cost += costs[run]
      hit += hits[run]
    }
    guard hit > 0, cost > 0 else { return nil }
    ratio = cost / hit
    var squares = 0.0
    for run in runs {
      let deviation = costs[run] - ratio * hits[run]
      squares += deviation * deviation
    }
    let count = Double(runs.count)
    error = (squares / (count * (count - 1))).squareRoot() / (cost / count)
  }
}
