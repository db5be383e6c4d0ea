import Analysis
import Records
import Text

/// Panel titles: the optimizer and how its paths end, in the same form for all panels.
struct PanelCaptions {
  /// One per panel.
  private(set) var texts: [String] = []
  /// Clauses for the subtitle.
  private(set) var explanations: [String] = []

  /// - Parameters:
  ///   - panels: The paths of each.
  ///   - width: Of a panel, in pixels; longer names are shortened.
  init(_ panels: [[DrawnPath]], _ analysis: ScenarioAnalysis, width: Int) {
    // A letter of this size is about thirteen pixels wide.
    let room = width / 13
    let isSingle = panels.allSatisfy { $0.count == 1 }
    let labels = panels.map { $0.first?.label ?? "" }
    let endings = panels.map { paths in
      isSingle ? Self.ending(of: paths[0], analysis.result) : Self.summary(of: paths[0], analysis)
    }
    let isRoomy = zip(labels, endings).allSatisfy { $0.count + $1.long.count <= room }
    texts = zip(labels, endings).map { label, ending in
      let text = isRoomy ? ending.long : ending.short
      return GnuplotText.name(label, limit: max(6, room - text.count)) + text
    }
    let kinds = Set(endings.map(\.kind))
    explanations = isRoomy ? [] : Kind.allCases.filter(kinds.contains).compactMap(\.explanation)
  }

  private typealias Ending = (kind: Kind, long: String, short: String)

  private enum Kind: CaseIterable {
    case finished, reached, left, diverged, outside, successes, median

    /// Of the short form.
    var explanation: String? {
      switch self {
      case .finished: "panel title: final loss"
      case .reached: "target at n: reached at step n"
      case .left: "left at n: outside the plot after step n"
      case .diverged: "✕ n: diverged at step n"
      case .outside: nil
      case .successes: "panel title: runs that reached the target"
      case .median: "panel title: median final loss"
      }
    }
  }

  /// Of the one path of a panel.
  private static func ending(of path: DrawnPath, _ result: ScenarioResult) -> Ending {
    let run = result.firstRun(of: path.label)
    let last = NumberText.short(run?.trial.trajectory?.loss.last ?? .nan)
    if let step = path.reachedStep {
      let text = NumberText.grouped(step)
      return (.reached, ": target at step \(text)", ": target at \(text)")
    }
    switch (path.divergedStep, path.clipped.end) {
    case (let step?, _):
      let text = NumberText.grouped(step)
      return (.diverged, ": diverged at step \(text)", ": ✕ \(text)")
    case (_, .left(let step)):
      let text = NumberText.grouped(step)
      return (.left, ": left plot at step \(text)", ": left at \(text)")
    case (_, .never): return (.outside, ": outside plot", ": outside")
    case (_, .inside): return (.finished, ": final loss \(last)", ": \(last)")
    }
  }

  /// Of all runs of an optimizer, where a panel has several paths.
  private static func summary(of path: DrawnPath, _ analysis: ScenarioAnalysis) -> Ending {
    guard let summary = analysis.summaries.first(where: { $0.optimizer == path.label }) else {
      return (.outside, "", "")
    }
    guard let rate = summary.successRate else {
      let median = NumberText.short(summary.median)
      return (.median, ": median final loss \(median)", ": \(median)")
    }
    let count = Int((rate * Double(summary.count)).rounded())
    return (
      .successes, ": \(count) of \(summary.count) reached target",
      ": \(count) of \(summary.count)"
    )
  }
}
