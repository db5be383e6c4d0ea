import Analysis
import Records
import Statistics

/// A metric of one optimizer over its runs: median over the seeds, with quartiles.
///
/// After its end, a diverged run counts as the worst possible value, so that losing runs does not look like progress. A run
/// that stopped early stays where it stopped; on networks the line ends once most runs have (see ``EpochSeries``). Where divergence
/// makes a quartile infinite, the band ends at the worst finite value.
struct CurveBand {
  struct Point: Equatable {
    /// Number of updates.
    var step: Double
    var median: Double
    var lower: Double
    var upper: Double
  }

  var label: String
  var metric: Metric
  /// Points with a finite median, by step.
  var points: [Point]
  var seeds: Int
  /// Steps at which runs diverged.
  var divergedSteps: [Int]
  /// The runs, which know what they had spent at each step.
  private var trials: [TrialRecord]
  /// `nil` for problems without epochs.
  var epochsPerStep: Double?

  /// Where early stopping took the runs back to: medians of the steps and of the results; `nil` where no epoch was restored.
  var kept: (step: Double, value: Double)? {
    guard metric.isPerEpoch, trials.contains(where: { $0.restoredEpoch != nil }) else { return nil }
    let steps = trials.filter(\.status.isComplete).compactMap { trial -> Double? in
      guard let curve = trial.curve(metric), let last = curve.steps.last else { return nil }
      let restored = trial.restoredEpoch.flatMap { curve.epochs?.lastIndex(of: $0) }
      return Double(restored.map { curve.steps[$0] } ?? last)
    }
    let value = median(of: trials.map { $0.outcome(of: metric) })
    return steps.isEmpty || !value.isFinite ? nil : (median(of: steps), value)
  }

  /// Whether the line ends early because runs diverged.
  var isCutShort: Bool {
    !divergedSteps.isEmpty && 2 * divergedSteps.count >= seeds
  }

  /// Gradients evaluated when the values at a step were known: mean over the runs.
  func evaluations(by step: Double) -> Double {
    mean(of: trials.map { $0.gradientEvaluations(by: step, of: metric) })
  }

  /// Seconds until then: mean over the runs.
  func seconds(by step: Double) -> Double {
    mean(of: trials.map { $0.seconds(by: step, of: metric) })
  }

  /// Whether no run's total is divided evenly over its steps.
  var knowsEvaluations: Bool { trials.allSatisfy(\.knowsEvaluations) }
  var knowsSeconds: Bool { trials.allSatisfy { $0.clock != nil } }

  /// First step without a finite median, if enough runs diverged.
  var lostStep: Int? { isCutShort ? divergedSteps[(seeds - 1) / 2] : nil }

  /// - Parameters:
  ///   - window: Steps whose mean is one point of a run; `nil` for every recorded point.
  ///   - limit: Approximate number of points to keep; of each segment the lowest and the highest.
  init?(
    _ participant: Participant, _ metric: Metric, _ result: ScenarioResult, window: Int?,
    limit: Int = 1400
  ) {
    let trials = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
    guard trials.contains(where: { $0.curve(metric) != nil }) else { return nil }
    label = participant.label
    self.metric = metric
    seeds = trials.count
    divergedSteps = trials.compactMap(\.status.divergedStep).sorted()
    points = Self.thinned(
      Self.points(trials, metric, window: window, endsWithMost: result.endsWithMostRuns), to: limit)
    self.trials = trials
    let finished = trials.filter { $0.epochs > 0 }
    epochsPerStep =
      finished.isEmpty
      ? nil
      : mean(
        of: finished.compactMap { trial in
          // Diverged runs have steps after their last complete epoch.
          let curve = trial.curves.first { $0.metric != .loss && $0.epochs?.last == trial.epochs }
          return (curve?.steps.last).map { Double(trial.epochs) / Double(max($0, 1)) }
        })
    if epochsPerStep?.isFinite == false { epochsPerStep = nil }
  }

  /// Window of the means, so that about `count` of them make a line, because mini-batches are noisy; `nil` without smoothing.
  ///
  /// Means, because the median of the losses of single samples is not the loss that is minimized, and far from it: most samples of a
  /// trained network have almost no loss.
  ///
  /// Each optimizer has a separate window, because batch sizes make some runs a thousand times as long as others.
  static func window(
    of participant: Participant, _ result: ScenarioResult, _ metric: Metric, count: Int = 60
  ) -> Int? {
    let isEachBatch =
      result.scenario.kind == .network && (metric == .loss || metric == .gradientNorm)
    guard isEachBatch else { return nil }
    let last =
      result.runs.lazy.filter { $0.optimizer == participant.label }
      .compactMap { $0.trial.curve(metric)?.steps.last }.max() ?? 0
    return max(1, last / count)
  }

  private static func points(
    _ trials: [TrialRecord], _ metric: Metric, window: Int?, endsWithMost: Bool
  ) -> [Point] {
    let worst = metric.worst
    let grid = Grid(
      width: window ?? 1, last: trials.compactMap { $0.curve(metric)?.steps.last }.max() ?? 0)
    var windows: [Int: Window] = [:]
    var ends: [End] = []
    for trial in trials {
      guard let curve = trial.curve(metric), let last = curve.steps.last else { continue }
      var latest = worst
      for range in stretches(of: curve.steps, grid) {
        let values = curve.values[range].map { $0.isFinite ? $0 : worst }
        latest = values.count == 1 ? values[0] : Statistics.mean(of: values)
        windows[grid.window(of: curve.steps[range.lowerBound]), default: Window()].add(
          steps: curve.steps[range], value: latest)
      }
      ends.append(End(window: grid.window(of: last), status: trial.status, value: latest))
    }
    return windows.sorted { $0.key < $1.key }.compactMap { index, content in
      let stopped = ends.filter { $0.window < index && $0.status.isComplete }
      let lost = ends.filter { end in
        end.window < index && end.status.divergedStep.map { $0 <= index * grid.width } == true
      }
      let values =
        (content.values + lost.map { _ in worst } + stopped.map(\.value)).sorted()
      guard !endsWithMost || 2 * stopped.count <= values.count else { return nil }
      let middle = quantile(0.5, ofSorted: values)
      guard middle.isFinite, let lowest = values.first(where: \.isFinite),
        let highest = values.last(where: \.isFinite)
      else { return nil }
      return Point(
        step: content.step, median: middle,
        lower: max(quantile(0.25, ofSorted: values), lowest),
        upper: min(quantile(0.75, ofSorted: values), highest))
    }
  }

  /// Windows of steps, one point each.
  private struct Grid {
    let width: Int
    private let lastWindow: Int

    /// A last window that is less than half full is added to the one before it: the mean of a few noisy mini-batches
    /// is not a reliable point or final value.
    init(width: Int, last: Int) {
      self.width = width
      let isHalfFull = 2 * (last % width + 1) >= width
      lastWindow = max(0, last / width - (isHalfFull ? 0 : 1))
    }

    func window(of step: Int) -> Int { min(step / width, lastWindow) }
  }

  /// End of a run.
  private struct End {
    /// Last window with a recorded point.
    var window: Int
    var status: TrialStatus
    /// The last one that is drawn.
    var value: Double
  }

  /// Values of all runs in a window.
  private struct Window {
    /// The mean of each run.
    var values: [Double] = []
    /// Steps of all recorded points of all runs, with their counts.
    private var steps: [Int: Int] = [:]

    mutating func add(steps recorded: ArraySlice<Int>, value: Double) {
      values.append(value)
      for step in recorded { steps[step, default: 0] += 1 }
    }

    /// The median of the steps.
    var step: Double {
      if let only = steps.first, steps.count == 1 { return Double(only.key) }
      return median(
        of: steps.flatMap { Array(repeating: Double($0.key), count: $0.value) })
    }
  }

  /// Index ranges of a curve's points by window.
  private static func stretches(of steps: [Int], _ grid: Grid) -> [Range<Int>] {
    guard grid.width > 1 else { return steps.indices.map { $0..<($0 + 1) } }
    var stretches: [Range<Int>] = []
    var start = 0
    for index in steps.indices
    where grid.window(of: steps[index]) != grid.window(of: steps[start]) {
      stretches.append(start..<index)
      start = index
    }
    return steps.isEmpty ? [] : stretches + [start..<steps.count]
  }

  /// Lowest and highest point of every segment in their order, so that oscillations keep their envelope.
  private static func thinned(_ points: [Point], to limit: Int) -> [Point] {
    guard points.count > limit else { return points }
    let size = (2 * points.count + limit - 1) / limit
    var kept: [Point] = []
    for start in stride(from: 0, to: points.count, by: size) {
      let range = start..<min(start + size, points.count)
      let lowest = range.min { points[$0].median < points[$1].median } ?? start
      let highest = range.max { points[$0].median < points[$1].median } ?? start
      let ends = start == 0 ? [0] : range.upperBound == points.count ? [points.count - 1] : []
      kept += Set([lowest, highest] + ends).sorted().map { points[$0] }
    }
    return kept
  }
}
