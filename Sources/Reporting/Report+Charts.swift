import Dispatch
import Records
import Synchronization

/// How far the drawing of charts is.
public struct ChartProgress: Sendable {
  /// Charts that are finished, this one included.
  public var finished: Int
  public var total: Int
  /// `SCENARIO/NAME`
  public var chart: String
  /// Why this one is missing, if it is.
  public var failure: ReportError?
}

extension Report {
  /// Draws the charts that each scenario asks for into `folder/SCENARIO/`.
  ///
  /// A chart that fails leaves the others alone; without gnuplot there is no point in going on.
  /// - Parameters:
  ///   - jobs: How many gnuplot processes may run at once.
  ///   - gnuplot: The program; `nil` for the one that `BENCH_GNUPLOT` names, or else `gnuplot`.
  ///   - isCancelled: Asked before each chart; once it says yes, the others are left undrawn.
  ///   - progress: Called after each chart, by one thread at a time.
  /// - Throws: `ReportError` after all charts have been tried, or what loading throws.
  /// - Returns: How many charts were drawn: all of them unless it was cancelled.
  @discardableResult
  public func drawCharts(
    to folder: String, format: ChartFormat = .png, jobs: Int = 2, gnuplot: String? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (ChartProgress) -> Void = { _ in }
  ) throws -> Int {
    let renderer = ChartRenderer(
      gnuplot: gnuplot.map(Gnuplot.init) ?? .standard, format: format)
    let queue = ChartQueue(scenarios, from: source)
    DispatchQueue.concurrentPerform(iterations: max(1, jobs)) { _ in
      while !isCancelled(), let task = queue.next() {
        do {
          try draw(task, with: renderer, into: folder)
          queue.finish(task, failure: nil, progress: progress)
        } catch {
          queue.finish(task, failure: error, progress: progress)
        }
      }
    }
    try queue.throwFailures()
    return queue.finished
  }

  private func draw(
    _ task: ChartQueue.Task, with renderer: ChartRenderer, into folder: String
  ) throws {
    guard !task.scenario.isEmpty, !task.scenario.hasPrefix("."), !task.scenario.contains("/") else {
      throw ReportError.cannotDraw(
        chart: task.title, reason: "the scenario's name is no name for a folder")
    }
    guard let kind = ChartCatalogue.kind(named: task.chart) else {
      let names = ChartCatalogue.all.map(\.name).joined(separator: ", ")
      throw ReportError.cannotDraw(
        chart: task.title, reason: "there is no chart of this name; there are \(names)")
    }
    let result = try task.source.result()
    let drawing: Drawing
    do { drawing = try kind.draw(result) } catch {
      throw ReportError.cannotDraw(chart: task.title, reason: error.reason)
    }
    try renderer.render(drawing, chart: task.title, into: "\(folder)/\(task.scenario)")
  }
}

/// A scenario's result, loaded when the first of its charts needs it.
final class ScenarioSource: Sendable {
  private let scenario: ScenarioRecord
  private let results: any ResultSource
  private let loaded = Mutex<ScenarioResult?>(nil)

  init(_ scenario: ScenarioRecord, from results: any ResultSource) {
    self.scenario = scenario
    self.results = results
  }

  func result() throws -> ScenarioResult {
    try loaded.withLock { held in
      if let held { return held }
      let result = try results.result(of: scenario, trajectories: .firstSeeds)
      held = result
      return result
    }
  }
}

/// Hands out charts to the threads that draw, and gathers what went wrong.
final class ChartQueue: Sendable {
  struct Task: Sendable {
    var index: Int
    var scenario: String
    var chart: String
    var source: ScenarioSource
    var title: String { "\(scenario)/\(chart)" }
  }

  private struct State: Sendable {
    /// In reverse; a source goes with the last task that holds it.
    var waiting: [Task]
    var finished = 0
    var failures: [(index: Int, error: any Error)] = []
  }

  private let total: Int
  private let state: Mutex<State>

  init(_ scenarios: [ScenarioRecord], from results: any ResultSource) {
    var tasks: [Task] = []
    for scenario in scenarios {
      let source = ScenarioSource(scenario, from: results)
      for (place, chart) in scenario.charts.enumerated()
      where scenario.charts.firstIndex(of: chart) == place {
        tasks.append(
          Task(index: tasks.count, scenario: scenario.name, chart: chart, source: source))
      }
    }
    total = tasks.count
    state = Mutex(State(waiting: tasks.reversed()))
  }

  func next() -> Task? { state.withLock { $0.waiting.popLast() } }

  func finish(
    _ task: Task, failure: (any Error)?, progress: (ChartProgress) -> Void
  ) {
    state.withLock { state in
      state.finished += 1
      if let failure { state.failures.append((task.index, failure)) }
      if case .gnuplotUnavailable? = failure as? ReportError { state.waiting = [] }
      progress(
        ChartProgress(
          finished: state.finished, total: total, chart: task.title,
          failure: failure as? ReportError))
    }
  }

  var finished: Int { state.withLock { $0.finished } }

  func throwFailures() throws {
    let errors = state.withLock { $0.failures.sorted { $0.index < $1.index }.map(\.error) }
    let reported = errors.compactMap { $0 as? ReportError }
    // Without gnuplot every thread fails alike: once is enough.
    for case .gnuplotUnavailable(let program, let reason) in reported {
      throw ReportError.gnuplotUnavailable(program: program, reason: reason)
    }
    guard let first = errors.first else { return }
    throw errors.count > 1 && reported.count == errors.count ? ReportError.several(reported) : first
  }
}
