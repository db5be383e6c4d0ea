import Records
import Scenarios

/// Watches for a loss that hardly changes any more.
struct ConvergenceMonitor {
  private let rule: Convergence
  private var former: Double?
  private var small = 0

  init(_ rule: Convergence) { self.rule = rule }

  /// Takes the next evaluation, the first one before any step.
  ///
  /// - Returns: Whether the trial has converged.
  mutating func observe(_ loss: Double) -> Bool {
    defer { former = loss }
    guard let former else { return false }
    small = abs(loss - former) < rule.epsilon ? small + 1 : 0
    return small >= rule.evaluations
  }
}

/// Watches for a metric that gets no better, epoch by epoch; the time before training does not count.
struct EarlyStoppingMonitor {
  let rule: EarlyStopping
  private(set) var bestEpoch: Int?
  private var best = Double.nan

  init(_ rule: EarlyStopping) { self.rule = rule }

  /// - Returns: Whether training should stop.
  mutating func observe(_ value: Double, epoch: Int) -> Bool {
    guard let former = bestEpoch else {
      (bestEpoch, best) = (epoch, value)
      return false
    }
    if rule.metric.cost(value) + rule.minimumDelta < rule.metric.cost(best) {
      (bestEpoch, best) = (epoch, value)
      return false
    }
    return epoch - former >= rule.patience
  }
}
