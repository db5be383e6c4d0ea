import Analysis
import Records

/// Path of one run over a surface, for charts that draw paths: up to the step that reached the target, because what comes after it
/// hides the way there.
struct DrawnPath {
  var label: String
  var seed: Int
  var style: SeriesStyle
  var clipped: ClippedPath
  /// Where it starts.
  var start: Landscape.Point
  /// Step after which the loss was not finite, if the path leads there.
  var divergedStep: Int?
  /// Step that reached the target, where the path ends.
  var reachedStep: Int?
  /// Last drawn step.
  var lastStep: Int
  /// Position among the paths, from 0 to 1; spreads the markers of coinciding paths.
  var phase: Double

  /// Such as `adam`, or `adam, seed 2`, in data files.
  var name: String { seed == 0 ? label : "\(label), seed \(seed)" }
  var isDiverged: Bool { divergedStep != nil }
  /// Whether the run diverged or ended outside the plot.
  var isAstray: Bool { isDiverged || clipped.end != .inside }
  /// Whether the path returned into the plot many times before it left.
  var isScribble: Bool { isAstray && clipped.pieces.count > 2 }

  /// The paths of every optimizer: of its first seed or, where starts differ, of as many first seeds as `limit` paths allow.
  static func all(
    of result: ScenarioResult, over landscape: Landscape, limit: Int
  ) -> [DrawnPath] {
    let styles = Palette.styles(of: result.scenario.optimizers)
    let count = result.scenario.optimizers.count
    let seeds = max(1, min(result.scenario.drawnSeeds, limit / max(1, count)))
    return result.scenario.optimizers.enumerated().flatMap { index, participant in
      guard let style = styles[participant.label] else { return [DrawnPath]() }
      let runs = result.firstRuns(of: participant.label, count: seeds)
      return runs.enumerated().compactMap { place, run in
        guard let whole = run.trial.trajectory, let x = whole.x.first, let y = whole.y.first
        else { return nil }
        let reached = result.scenario.target.flatMap { run.trial.steps(to: $0) }
        let trajectory = reached.map(whole.up(to:)) ?? whole
        return DrawnPath(
          label: participant.label, seed: run.seed, style: style,
          clipped: ClippedPath(trajectory, within: landscape),
          start: result.scenario.drawnSeeds > 1 ? .init(x: x, y: y) : landscape.start,
          divergedStep: reached == nil ? run.trial.status.divergedStep : nil,
          reachedStep: reached, lastStep: trajectory.steps.last ?? 0,
          phase: (Double(index) + (Double(place) + 0.5) / Double(runs.count)) / Double(count))
      }
    }
  }
}

extension [DrawnPath] {
  /// The paths of each optimizer, in the order of the optimizers.
  var byOptimizer: [[DrawnPath]] {
    var order: [String] = []
    for path in self where order.last != path.label { order.append(path.label) }
    let groups = Dictionary(grouping: self, by: \.label)
    return order.compactMap { groups[$0] }
  }

  /// One per optimizer: its name and how its paths ended.
  var legends: [(style: SeriesStyle, text: String)] {
    byOptimizer.compactMap { paths in paths.first.map { ($0.style, paths.legend) } }
  }

  /// Of one optimizer.
  private var legend: String {
    guard let first else { return "" }
    let label = GnuplotText.name(first.label)
    guard count > 1 else {
      return switch (first.divergedStep, first.clipped.end) {
      case (let step?, _): "\(label) (✕ \(step))"
      case (_, .left(let step)): "\(label) (left plot at \(step))"
      case (_, .never): "\(label) (outside plot)"
      case (_, .inside): label
      }
    }
    let diverged = self.count(where: \.isDiverged)
    let left = self.count { !$0.isDiverged && $0.isAstray }
    let fates =
      (diverged > 0 ? ["✕ \(diverged) of \(count)"] : [])
      + (left > 0 ? ["\(left) of \(count) left plot"] : [])
    return fates.isEmpty ? label : "\(label) (\(fates.joined(separator: ", ")))"
  }

  /// Each start once.
  var starts: [Landscape.Point] {
    reduce(into: []) { if !$0.contains($1.start) { $0.append($1.start) } }
  }

  /// Seeds that have a path.
  var seeds: Int { Set(map(\.seed)).count }

  /// Clause about paths that the target ends; none if no run reached it.
  var endAtTarget: [String] {
    contains { $0.reachedStep != nil } ? ["a path ends where it reaches the target"] : []
  }

  /// What the subtitle says about paths that end early or outside; no clause for what does not occur.
  var remarks: [String] {
    let isSingle = seeds == 1
    var remarks: [String] = []
    if contains(where: \.isDiverged) {
      remarks.append(isSingle ? "✕ n: diverged at step n" : "✕ n of m: diverged")
    }
    if contains(where: { !$0.isDiverged && $0.isAstray }) {
      remarks.append(
        isSingle ? "left plot at n: outside after step n" : "left plot: ends outside")
    }
    return remarks + endAtTarget
  }
}

extension ScenarioResult {
  /// Which of the runs a picture shows, if not all: such as `first 3 of 20 starts`.
  func shownSeeds(_ shown: Int) -> [String] {
    let seeds = Set(runs.map(\.seed)).count
    guard seeds > shown else { return [] }
    return ["first \(shown == 1 ? "" : "\(shown) ")of \(scenario.replicates(seeds))"]
  }
}

extension Trajectory {
  /// The part until the first recorded point at or after a step.
  fileprivate func up(to step: Int) -> Trajectory {
    guard let last = steps.firstIndex(where: { $0 >= step }) else { return self }
    return Trajectory(
      steps: Array(steps[...last]), x: Array(x[...last]), y: Array(y[...last]),
      loss: Array(loss[...last]))
  }
}

extension ClippedPath {
  /// Point after `step` updates; `nil` outside the plot.
  func place(atStep step: Int) -> (x: Double, y: Double)? {
    for (index, piece) in pieces.enumerated() {
      guard let first = piece.first, let last = piece.last, first[0] <= Double(step) else {
        continue
      }
      if Double(step) > last[0] {
        // After the last piece the path stays at its end, unless it left the plot.
        guard index == pieces.count - 1, case .inside = end else { continue }
        return (last[1], last[2])
      }
      let reached = piece.last { $0[0] <= Double(step) } ?? first
      return (reached[1], reached[2])
    }
    return nil
  }
}
