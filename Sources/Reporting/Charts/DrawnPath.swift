import Records

/// Path of one optimizer with its first seed, for charts of a surface.
struct DrawnPath {
  var label: String
  var style: SeriesStyle
  var clipped: ClippedPath
  var isDiverged: Bool
  /// Last recorded step.
  var lastStep: Int
  var legend: String
  /// Position among the paths, from 0 to 1; spreads the markers of coinciding paths.
  var phase: Double

  /// Whether the run diverged or ended outside the plot.
  var isAstray: Bool { isDiverged || clipped.end != .inside }
  /// Whether the path returned into the plot many times before it left.
  var isScribble: Bool { isAstray && clipped.pieces.count > 2 }

  static func all(of result: ScenarioResult, over landscape: Landscape) -> [DrawnPath] {
    let styles = Palette.styles(of: result.scenario.optimizers)
    let count = result.scenario.optimizers.count
    return result.scenario.optimizers.enumerated().compactMap { index, participant in
      guard let run = result.firstRun(of: participant.label),
        let trajectory = run.trial.trajectory,
        let style = styles[participant.label]
      else { return nil }
      let clipped = ClippedPath(trajectory, within: landscape)
      let label = GnuplotText.name(participant.label)
      let legend =
        switch (run.trial.status, clipped.end) {
        case (.diverged(let step), _): "\(label) (✕ \(step))"
        case (_, .left(let step)): "\(label) (left plot at \(step))"
        case (_, .never): "\(label) (outside plot)"
        case (_, .inside): label
        }
      return DrawnPath(
        label: participant.label, style: style, clipped: clipped,
        isDiverged: run.trial.status.divergedStep != nil, lastStep: trajectory.steps.last ?? 0,
        legend: legend, phase: (Double(index) + 0.5) / Double(count))
    }
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
