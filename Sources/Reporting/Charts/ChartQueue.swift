import Records
import Synchronization

/// A chart to draw.
struct ChartTask: Sendable {
  /// Folder of the scenario inside the folder of all charts.
  var folder: String
  var chart: String
  /// `nil` for a chart that can be left out because no scenario names it.
  var drawing: Result<Drawing?, CannotDraw>
  var title: String { "\(folder)/\(chart)" }
}

/// Queue of charts for the drawing threads; collects their errors.
final class ChartQueue: Sendable {
  struct Place: Sendable {
    var index: Int
    var task: ChartTask
  }

  private struct State: Sendable {
    /// In reverse order.
    var waiting: [Place]
    var finished = 0
    var drawn = 0
    var unchanged = 0
    var failures: [(index: Int, error: any Error)] = []
  }

  private let total: Int
  private let state: Mutex<State>

  init(_ tasks: [ChartTask]) {
    total = tasks.count
    state = Mutex(
      State(waiting: tasks.enumerated().map { Place(index: $0, task: $1) }.reversed()))
  }

  func next() -> Place? { state.withLock { $0.waiting.popLast() } }

  /// - Parameter result: What became of the chart, or the error.
  func finish(
    _ place: Place, _ result: Result<DrawnCharts.Outcome, any Error>,
    progress: (ChartProgress) -> Void
  ) {
    state.withLock { state in
      state.finished += 1
      var failure: ReportError?
      switch result {
      case .success(.drawn): state.drawn += 1
      case .success(.unchanged): state.unchanged += 1
      case .success(.leftOut): break
      case .failure(let error):
        state.failures.append((place.index, error))
        failure = error as? ReportError
        if case .gnuplotUnavailable? = failure { state.waiting = [] }
      }
      progress(
        ChartProgress(
          finished: state.finished, total: total, chart: place.task.title, failure: failure))
    }
  }

  var outcome: DrawnCharts {
    state.withLock {
      DrawnCharts(
        drawn: $0.drawn, unchanged: $0.unchanged, isComplete: $0.finished == total)
    }
  }

  func throwFailures() throws {
    let errors = state.withLock { $0.failures.sorted { $0.index < $1.index }.map(\.error) }
    let reported = errors.compactMap { $0 as? ReportError }
    // Without gnuplot every thread fails in the same way; one error is enough.
    for case .gnuplotUnavailable(let program, let reason) in reported {
      throw ReportError.gnuplotUnavailable(program: program, reason: reason)
    }
    guard let first = errors.first else { return }
    throw errors.count > 1 && reported.count == errors.count ? ReportError.several(reported) : first
  }
}
