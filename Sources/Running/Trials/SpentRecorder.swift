import Records

/// Evaluations and seconds of a trial, counted when they happen.
struct SpentRecorder {
  private(set) var losses = 0
  private(set) var gradients = 0
  private var counts = EvaluationCounts()
  private var clock = ClockReadings()
  private let begin: ContinuousClock.Instant
  private let recordsCounts: Bool
  private let stride: Int
  private let clockStride: Int

  /// More readings than this would show nothing where every step takes the same time.
  private static let readingLimit = 200

  /// - Parameters:
  ///   - totalSteps: updates of the whole trial.
  ///   - varies: whether steps make more than one evaluation, or several make one step.
  ///   - shortestStride: steps between readings of the clock, of steps that take hardly longer than a reading.
  init(
    begin: ContinuousClock.Instant, totalSteps: Int, varies: Bool, shortestStride: Int = 1
  ) {
    self.begin = begin
    recordsCounts = varies
    stride = CurveRecorder.stride(totalSteps: totalSteps)
    clockStride = varies ? stride : max(shortestStride, totalSteps / Self.readingLimit, 1)
  }

  /// One evaluation of the loss, and with it of the gradient, or several.
  mutating func add(_ evaluations: Int = 1) {
    losses += evaluations
    gradients += evaluations
  }

  /// Notes what was spent by now: when the values of `step` are known.
  ///
  /// - Parameter always: for ends of epochs and the last point, which are kept whatever the stride.
  mutating func record(step: Int, always: Bool) {
    if always || step.isMultiple(of: clockStride) {
      clock.steps.append(step)
      clock.seconds.append((ContinuousClock.now - begin).seconds)
    }
    guard recordsCounts, always || step.isMultiple(of: stride) else { return }
    counts.steps.append(step)
    counts.losses.append(losses)
    counts.gradients.append(gradients)
  }

  /// `nil` where every step makes one evaluation.
  var evaluationCounts: EvaluationCounts? { recordsCounts ? counts : nil }
  var readings: ClockReadings { clock }
}
