import Dispatch
import Records

extension Report {
  /// Draws the charts of the scenarios into `folder/SCENARIO/`, those over several scenarios into `folder/suite/` and those of searches
  /// beside their scenario's.
  ///
  /// A chart that fails leaves the others alone; without gnuplot there is no point in going on.
  /// - Parameters:
  ///   - jobs: How many gnuplot processes may run at once.
  ///   - gnuplot: The program; `nil` for the one that `BENCH_GNUPLOT` names, or else `gnuplot`.
  ///   - isCancelled: Asked before each chart; once it says yes, the others are left undrawn.
  ///   - progress: Called after each chart, by one thread at a time.
  /// - Throws: `ReportError` after all charts have been tried.
  @discardableResult
  package func drawCharts(
    to folder: String, format: ChartFormat = .png, jobs: Int = 2, gnuplot: String? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (ChartProgress) -> Void = { _ in }
  ) throws -> DrawnCharts {
    let renderer = ChartRenderer(
      gnuplot: gnuplot.map(Gnuplot.init) ?? .standard, format: format)
    let queue = ChartQueue(
      charts + suiteCharts + tunings.restricted(to: contents.charts).chartTasks)
    DispatchQueue.concurrentPerform(iterations: max(1, jobs)) { _ in
      while !isCancelled(), let place = queue.next() {
        let result = Result { try Self.draw(place.task, with: renderer, into: folder) }
        queue.finish(place, result, progress: progress)
      }
    }
    try queue.throwFailures()
    return queue.outcome
  }

  /// - Returns: Whether there was something to draw.
  private static func draw(
    _ task: ChartTask, with renderer: ChartRenderer, into folder: String
  ) throws -> Bool {
    guard !task.folder.isEmpty, !task.folder.hasPrefix("."), !task.folder.contains("/") else {
      throw ReportError.cannotDraw(
        chart: task.title, reason: "the scenario's name is no name for a folder")
    }
    do {
      guard let drawing = try task.drawing.get() else {
        renderer.remove(task.chart, from: "\(folder)/\(task.folder)")
        return false
      }
      try renderer.render(drawing, chart: task.title, into: "\(folder)/\(task.folder)")
      return true
    } catch let error as CannotDraw {
      renderer.remove(task.chart, from: "\(folder)/\(task.folder)")
      throw ReportError.cannotDraw(chart: task.title, reason: error.reason)
    }
  }
}
