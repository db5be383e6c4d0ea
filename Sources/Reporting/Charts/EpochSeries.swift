import Analysis
import Records
import Statistics
import Text

/// A metric of one optimizer after each epoch, over all seeds.
struct EpochSeries {
  struct Point {
    var epoch: Int
    var median: Double
    var lowest: Double
    var highest: Double
    /// Whether most of the runs had stopped early, so that the median is of earlier values.
    var isOfThePast: Bool
  }

  var label: String
  var style: SeriesStyle
  /// Epochs with a finite median, from 1.
  var points: [Point]
  /// Median before training, where that was recorded.
  var untrained: Double?
  /// Median of the results, where early stopping restored an epoch before the last one.
  var kept: Double?
  var seeds: Int
  var diverged: Int

  /// Points of the line, which ends once most runs have stopped early.
  var drawn: [Point] { points.filter { !$0.isOfThePast } }

  init?(_ participant: Participant, _ metric: Metric, _ result: ScenarioResult, style: SeriesStyle)
  {
    let trials = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
    let worst = metric.worst
    var byEpoch: [Int: [Double]] = [:]
    var ends: [(epoch: Int, value: Double)] = []
    var stops: [Int] = []
    for trial in trials {
      guard let curve = trial.curve(metric), let epochs = curve.epochs else { continue }
      if let last = epochs.last, let value = trial.result(of: metric) {
        // After its end, a diverged run counts as the worst, so that losing runs does not look like learning; a run that the
        // scenario stopped early keeps its result: the value at the restored epoch, which its parameters are those of.
        if trial.status.isComplete {
          ends.append((last, value))
          stops.append(last)
        }
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
    untrained = byEpoch[0].map { Statistics.median(of: $0) }
    if trials.contains(where: { $0.restoredEpoch != nil }) {
      kept = median(of: trials.map { $0.outcome(of: metric) })
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
        isOfThePast: 2 * stops.count { $0 < epoch } > values.count)
    }
  }

  func legend(_ metric: Metric) -> String {
    let name = GnuplotText.name(label)
    let last = (kept ?? points.last?.median).map { metric.text($0) } ?? "no value"
    return switch (diverged, seeds) {
    case (0, _): "\(name)  \(last)"
    case (1, 1): "\(name)  \(last) ✕"
    case (let some, let all) where some == all: "\(name) (\(some)/\(all) ✕)"
    case (let some, let all): "\(name)  \(last) (\(some)/\(all) ✕)"
    }
  }
}
