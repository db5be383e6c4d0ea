import Analysis
import Records
import Statistics
import Text

/// A metric of one optimizer after each epoch, over all seeds.
///
/// A run that the scenario stopped early stays where it stopped: the value that it keeps is of another epoch, and would look like
/// training, and without it the median would jump to those of other seeds.
struct EpochSeries {
  struct Point {
    var epoch: Int
    var median: Double
    var lowest: Double
    var highest: Double
    /// Whether most of the runs had stopped early, so that the median is of earlier values.
    var isPast: Bool
  }

  /// Where early stopping took the runs back to.
  struct Kept {
    /// Median of the restored epochs; a run without one has its last epoch.
    var epoch: Double
    /// Median of the results.
    var value: Double
  }

  var label: String
  var style: SeriesStyle
  /// Epochs with a finite median, from 1.
  var points: [Point]
  /// Values before training, where they were recorded.
  var untrained: [Double]
  /// Where early stopping restored an epoch before the last one.
  var kept: Kept?
  /// Median of the results, where runs ended after different numbers of epochs.
  private var result: Double?
  var seeds: Int
  var diverged: Int

  /// Points of the line, which ends once most runs have stopped early.
  var drawn: [Point] { points.filter { !$0.isPast } }

  init?(_ participant: Participant, _ metric: Metric, _ result: ScenarioResult, style: SeriesStyle)
  {
    let trials = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
    let worst = metric.worst
    var byEpoch: [Int: [Double]] = [:]
    var ends: [(epoch: Int, value: Double)] = []
    var stops: [Int] = []
    for trial in trials {
      guard let curve = trial.curve(metric), let epochs = curve.epochs else { continue }
      if let last = epochs.last, let value = curve.values.last {
        if trial.status.isComplete {
          stops.append(last)
          ends.append((last, value))
        }
        // After its end, a diverged run counts as the worst, so that losing runs does not look like learning.
        if trial.status.divergedStep != nil { ends.append((last, worst)) }
      }
      for (epoch, value) in zip(epochs, curve.values) {
        byEpoch[epoch, default: []].append(value.isFinite ? value : worst)
      }
    }
    guard !byEpoch.isEmpty else { return nil }
    label = participant.label
    self.style = style
    seeds = trials.count
    diverged = trials.count { $0.status.divergedStep != nil }
    untrained = byEpoch[0] ?? []
    let outcome = median(of: trials.map { $0.outcome(of: metric) })
    if Set(stops).count > 1 { self.result = outcome }
    if trials.contains(where: { $0.restoredEpoch != nil }), outcome.isFinite {
      let epochs = trials.filter(\.status.isComplete).map { Double($0.restoredEpoch ?? $0.epochs) }
      kept = Kept(epoch: median(of: epochs), value: outcome)
    }
    points = byEpoch.filter { $0.key > 0 }.sorted { $0.key < $1.key }.compactMap { epoch, values in
      let values = values + ends.filter { $0.epoch < epoch }.map(\.value)
      let middle = median(of: values)
      let finite = values.filter(\.isFinite)
      guard middle.isFinite, let lowest = finite.min(), let highest = finite.max() else {
        return nil
      }
      return Point(
        epoch: epoch, median: middle, lowest: lowest, highest: highest,
        isPast: 2 * stops.count { $0 < epoch } > values.count)
    }
  }

  func legend(_ metric: Metric) -> String {
    let name = GnuplotText.name(label)
    let last = (kept?.value ?? result ?? points.last?.median).map { metric.text($0) } ?? "no value"
    return switch (diverged, seeds) {
    case (0, _): "\(name)  \(last)"
    case (1, 1): "\(name)  \(last) ✕"
    case (let some, let all) where some == all: "\(name) (\(some)/\(all) ✕)"
    case (let some, let all): "\(name)  \(last) (\(some)/\(all) ✕)"
    }
  }
}
