import Dispatch
import Records

extension Report {
  /// Draws the charts of each scenario into `folder/SCENARIO/`, the charts across scenarios into `folder/suite/` and the charts of
  /// searches into the folders of their scenarios.
  ///
  /// After a failed chart the others are still drawn, unless gnuplot is missing.
  /// - Parameters:
  ///   - jobs: Maximal number of gnuplot processes at a time.
  ///   - gnuplot: The program; `nil` for the value of `BENCH_GNUPLOT`, or else `gnuplot`.
  ///   - isCancelled: Called before each chart; once it returns true, no further chart is drawn.
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

  private static func draw(
    _ task: ChartTask, with renderer: ChartRenderer, into folder: String
  ) throws -> DrawnCharts.Outcome {
    guard !task.folder.isEmpty, !task.folder.hasPrefix("."), !task.folder.contains("/") else {
      throw ReportError.cannotDraw(
        chart: task.title, reason: "the scenario's name cannot be the name of a folder")
    }
    do {
      guard let drawing = try task.drawing.get() else {
        renderer.remove(task.chart, from: "\(folder)/\(task.folder)")
        return .leftOut
      }
      let isDrawn = try renderer.render(
        drawing, chart: task.title, into: "\(folder)/\(task.folder)")
      return isDrawn ? .drawn : .unchanged
    } catch let error as CannotDraw {
      renderer.remove(task.chart, from: "\(folder)/\(task.folder)")
      throw ReportError.cannotDraw(chart: task.title, reason: error.reason)
    }
  }
}
