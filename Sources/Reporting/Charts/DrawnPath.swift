import Records

/// The first seed's way of one optimizer, as charts of a surface show it.
struct DrawnPath {
  var label: String
  var style: SeriesStyle
  var clipped: ClippedPath
  var isDiverged: Bool
  /// The last recorded one.
  var lastStep: Int
  var legend: String
  /// Where among its fellows; spreads the markers of paths that lie on one another.
  var phase: Double

  /// Diverged, or outside at its end.
  var isAstray: Bool { isDiverged || clipped.end != .inside }
  /// Comes back into the picture again and again before it is lost.
  var isScribble: Bool { isAstray && clipped.pieces.count > 2 }

  static func all(of result: ScenarioResult, over landscape: Landscape) -> [DrawnPath] {
    let styles = Palette.styles(of: result.scenario.optimizers)
    let count = result.scenario.optimizers.count
    return result.scenario.optimizers.enumerated().compactMap { index, participant in
      guard let run = result.firstRun(of: participant.label), let way = run.trial.trajectory,
        let style = styles[participant.label]
      else { return nil }
      let clipped = ClippedPath(way, within: landscape)
      let label = GnuplotText.name(participant.label)
      let legend =
        switch (run.trial.status, clipped.end) {
        case (.diverged(let step), _): "\(label) (✕ \(step))"
        case (_, .left(let step)): "\(label) (left \(step))"
        case (_, .never): "\(label) (outside)"
        case (_, .inside): label
        }
      return DrawnPath(
        label: participant.label, style: style, clipped: clipped,
        isDiverged: run.trial.status.divergedStep != nil, lastStep: way.steps.last ?? 0,
        legend: legend, phase: (Double(index) + 0.5) / Double(count))
    }
  }
}

extension ClippedPath {
  /// Where the path is after `step` updates; `nil` where that is outside the picture.
  func place(atStep step: Int) -> (x: Double, y: Double)? {
    for (index, piece) in pieces.enumerated() {
      guard let first = piece.first, let last = piece.last, first[0] <= Double(step) else {
        continue
      }
      if Double(step) > last[0] {
        // Beyond the last piece it stays where it ended, unless it left.
        guard index == pieces.count - 1, case .inside = end else { continue }
        return (last[1], last[2])
      }
      let reached = piece.last { $0[0] <= Double(step) } ?? first
      return (reached[1], reached[2])
    }
    return nil
  }
}
