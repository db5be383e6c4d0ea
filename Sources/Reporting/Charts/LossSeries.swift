import Foundation
import Records
import Statistics

/// The loss of one optimizer along its steps, fit to be drawn as one line.
struct LossSeries {
  var label: String
  var style: SeriesStyle
  /// (step, loss), finite.
  var points: [(step: Double, loss: Double)]
  /// Whether the line ends before the others because runs diverged.
  var isCutShort: Bool
  var legend: String

  /// - Parameter window: Steps whose median makes one point; `nil` draws every step.
  init?(_ participant: Participant, _ result: ScenarioResult, style: SeriesStyle, window: Int?) {
    let trials = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
    let curves = trials.compactMap { $0.curve(.loss) }
    guard !curves.isEmpty else { return nil }
    label = participant.label
    self.style = style
    if let window {
      points = Self.medians(trials, window: window)
    } else {
      points = zip(curves[0].steps, curves[0].values).prefix { $1.isFinite }
        .map { (Double($0), $1) }
    }
    let diverged = trials.compactMap(\.status.divergedStep)
    isCutShort = 2 * diverged.count > trials.count || (trials.count == 1 && diverged.count == 1)
    points = Self.thinned(points)
    let name = GnuplotText.name(participant.label)
    let last = points.last.map { NumberText.short($0.loss) } ?? "no value"
    legend =
      switch (diverged.count, trials.count) {
      case (0, _): "\(name)  \(last)"
      case (1, 1): "\(name) (✕ \(diverged[0]))"
      case (let some, let all): "\(name)  \(last) (\(some)/\(all) ✕)"
      }
  }

  /// The median over the runs of the median of each run within a window of steps. A run that diverged counts
  /// as infinite from there on, so that the line does not improve by losing runs.
  private static func medians(
    _ trials: [TrialRecord], window: Int
  ) -> [(step: Double, loss: Double)] {
    var windows: [Int: (steps: [Int], values: [[Double]])] = [:]
    for trial in trials {
      guard let curve = trial.curve(.loss) else { continue }
      var own: [Int: [Double]] = [:]
      for (step, value) in zip(curve.steps, curve.values) {
        own[step / window, default: []].append(value.isNaN ? .infinity : value)
        windows[step / window, default: ([], [])].steps.append(step)
      }
      for (index, values) in own { windows[index]?.values.append(values) }
    }
    return windows.sorted { $0.key < $1.key }.compactMap { index, content in
      var each = content.values.map { median(of: $0) }
      let lost = trials.count { ($0.status.divergedStep ?? .max) < index * window }
      let missing = max(0, min(lost, trials.count - each.count))
      each += [Double](repeating: .infinity, count: missing)
      let loss = median(of: each)
      return loss.isFinite ? (median(of: content.steps.map(Double.init)), loss) : nil
    }
  }

  /// Lowest and highest of every stretch, in their order: oscillations keep their envelope.
  private static func thinned(
    _ points: [(step: Double, loss: Double)]
  ) -> [(step: Double, loss: Double)] {
    let stretches = 700
    guard points.count > 2 * stretches else { return points }
    let size = (points.count + stretches - 1) / stretches
    var kept: [(step: Double, loss: Double)] = []
    for start in stride(from: 0, to: points.count, by: size) {
      let range = start..<min(start + size, points.count)
      let lowest = range.min { points[$0].loss < points[$1].loss } ?? start
      let highest = range.max { points[$0].loss < points[$1].loss } ?? start
      let ends = start == 0 ? [0] : range.upperBound == points.count ? [points.count - 1] : []
      kept += Set([lowest, highest] + ends).sorted().map { points[$0] }
    }
    return kept
  }
}
