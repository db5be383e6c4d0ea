import Dispatch
package import Records
package import Scenarios
import Surfaces
import Synchronization

/// Finds which minimum an optimizer reaches from each point of a grid over a surface, and how soon.
package struct BasinSearch: Sendable {
  private let problem: SurfaceProblem
  private let entrant: Entrant
  private let steps: Int
  private let x: Landscape.Axis
  private let y: Landscape.Axis
  /// A point that stays closer than this to a minimum has reached it: a hundredth of the domain's diagonal.
  private let radius: Double

  /// - Parameters:
  ///   - problem: a surface of two coordinates; its noise and start are left out.
  ///   - steps: that every start is given.
  ///   - grid: points along each axis of the domain, at least 2.
  package init(_ problem: SurfaceProblem, entrant: Entrant, steps: Int, grid: Int) {
    precondition(problem.surface.dimension == 2, "basins are drawn of a plane")
    precondition(steps >= 1 && grid >= 2, "a map needs points and steps")
    self.problem = problem
    self.entrant = entrant
    self.steps = steps
    let domain = problem.domain ?? problem.surface.domain
    x = Landscape.Axis(lower: domain.x.lowerBound, upper: domain.x.upperBound, count: grid)
    y = Landscape.Axis(lower: domain.y.lowerBound, upper: domain.y.upperBound, count: grid)
    let (width, height) = (x.upper - x.lower, y.upper - y.lower)
    radius = (width * width + height * height).squareRoot() / 100
  }

  /// Runs every start twice: first to see where all of them end, then to count the steps to there. The result does not
  /// depend on `jobs`.
  ///
  /// - Parameters:
  ///   - jobs: threads.
  ///   - control: checked on the way, and updated after each row.
  /// - Returns: `nil` if it was cancelled.
  package func run(jobs: Int, control: TrialControl) -> BasinMap? {
    guard
      let ends = perform(part: 0, jobs, control, { ends(ofRow: $0, control) })?
        .flatMap(\.self)
    else { return nil }
    let finder = MinimumFinder(problem.surface, radius: radius, ends: ends)
    let outcomes = perform(part: 1, jobs, control) { row in
      basins(ofRow: row, ends: ends[(row * x.count)..<((row + 1) * x.count)], finder, control)
    }
    guard let outcomes else { return nil }
    return BasinMap(
      surface: SurfaceRecord(problem), optimizer: entrant.label, hyperparameters: entrant.settings,
      steps: steps, radius: radius, x: x, y: y, minima: finder.minima,
      outcomes: outcomes.flatMap(\.self))
  }

  private func row(_ index: Int, _ control: TrialControl) -> StartRow {
    let height = y.position(index)
    return StartRow(
      (0..<x.count).map(x.position) + Array(repeating: height, count: x.count),
      on: problem.surface, entrant: entrant, isCancelled: control.isCancelled)
  }

  private func ends(ofRow index: Int, _ control: TrialControl) -> [(x: Double, y: Double)] {
    var row = row(index, control)
    row.advance(steps: steps) { _, _, _ in }
    return (0..<x.count).map(row.point)
  }

  private func basins(
    ofRow index: Int, ends: ArraySlice<(x: Double, y: Double)>, _ finder: MinimumFinder,
    _ control: TrialControl
  ) -> [BasinMap.Outcome] {
    let count = x.count
    let reached = ends.map(finder.minimum(near:))
    // Where nothing is reached, any target will do; its steps are not looked at.
    let targets = reached.map { $0.map { finder.minima[$0].point } ?? Landscape.Point(x: 0, y: 0) }
    let (targetX, targetY) = (targets.map(\.x), targets.map(\.y))
    var lastOutside = [Int32](repeating: -1, count: count)
    let limit = radius * radius
    var row = row(index, control)
    row.advance(steps: steps) { step, range, points in
      let step = Int32(step)
      for point in range {
        let dx = points[point] - targetX[point]
        let dy = points[count &+ point] - targetY[point]
        lastOutside[point] = dx * dx + dy * dy <= limit ? lastOutside[point] : step
      }
    }
    return zip(zip(reached, lastOutside), ends).map { pair, end in
      if let minimum = pair.0 { return .reached(minimum: minimum, steps: Int(pair.1) + 1) }
      return end.x.isFinite && end.y.isFinite ? .elsewhere : .diverged
    }
  }

  /// `body` of every row on `jobs` threads, in order; `nil` if cancelled. `part` is 0 or 1, of two.
  private func perform<Value: Sendable>(
    part: Int, _ jobs: Int, _ control: TrialControl,
    _ body: @Sendable (Int) -> Value
  ) -> [Value]? {
    let count = y.count
    let results = Mutex([Value?](repeating: nil, count: count))
    let next = Atomic(0)
    let done = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
      while !control.isCancelled() {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let value = body(index)
        results.withLock { $0[index] = value }
        let finished = part * count + done.wrappingAdd(1, ordering: .relaxed).newValue
        control.progress(Double(finished) / Double(2 * count))
      }
    }
    let all = results.withLock { $0.compactMap(\.self) }
    return all.count == count && !control.isCancelled() ? all : nil
  }
}
