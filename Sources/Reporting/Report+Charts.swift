import Dispatch
import Records

extension Report {
  /// Draws the charts that each scenario asks for into `folder/SCENARIO/`, and on request those over several scenarios into
  /// `folder/suite/` and those of searches beside their scenario's.
  ///
  /// A chart that fails leaves the others alone; without gnuplot there is no point in going on.
  /// - Parameters:
  ///   - suite: The scenarios to be compared; drawn where two of them have two optimizers in common.
  ///   - tunings: Searches of hyperparameters.
  ///   - jobs: How many gnuplot processes may run at once.
  ///   - gnuplot: The program; `nil` for the one that `BENCH_GNUPLOT` names, or else `gnuplot`.
  ///   - isCancelled: Asked before each chart; once it says yes, the others are left undrawn.
  ///   - progress: Called after each chart, by one thread at a time.
  /// - Throws: `ReportError` after all charts have been tried, or what loading throws.
  @discardableResult
  package func drawCharts(
    to folder: String, suite: Report? = nil, tunings: TuningReport? = nil,
    format: ChartFormat = .png, jobs: Int = 2, gnuplot: String? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (ChartProgress) -> Void = { _ in }
  ) throws -> DrawnCharts {
    let renderer = ChartRenderer(
      gnuplot: gnuplot.map(Gnuplot.init) ?? .standard, format: format)
    let queue = ChartQueue(
      chartTasks + (suite?.suiteTasks ?? []) + (tunings?.chartTasks ?? []))
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
      guard let drawing = try task.drawing() else {
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

  /// The charts that scenarios ask for, each once.
  private var chartTasks: [ChartTask] {
    scenarios.flatMap { scenario in
      let results = self.source
      let source = LazySource { try results.result(of: scenario, trajectories: .firstSeeds) }
      // Films and reliefs take longest: begun last, they would leave the other cores idle.
      let charts = ChartCatalogue.slowestFirst(scenario.charts)
      return charts.enumerated().filter { charts.firstIndex(of: $1) == $0 }.map { _, chart in
        ChartTask(folder: scenario.name, chart: chart) {
          guard let kind = ChartCatalogue.kind(named: chart) else {
            let names = ChartCatalogue.all.map(\.name).joined(separator: ", ")
            throw CannotDraw(reason: "there is no chart of this name; there are \(names)")
          }
          return try kind.draw(source.value())
        }
      }
    }
  }
}
