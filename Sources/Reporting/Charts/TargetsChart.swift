import Analysis
import Foundation
import Records
import Statistics
import Text

/// Fraction of many targets reached against evaluations, a step line per optimizer (see ``RuntimeProfile``).
enum TargetsChart {
  static let kind = ChartKind(
    name: "targets",
    summary: "fraction of \(TargetLadder.count) targets reached within a number of evaluations",
    kinds: [.surface, .network], isUsual: false, draw: draw)

  /// Chart of a scenario; its targets range from the worst start to the scenario's target, or to the best value of any run.
  @Sendable private static func draw(_ result: ScenarioResult) throws(CannotDraw) -> Drawing {
    let scenario = result.scenario
    let metric = scenario.target?.metric ?? scenario.rankedBy
    let ladder = TargetLadder.targets(of: result, metric: metric)
    guard let easiest = ladder.first, let hardest = ladder.last else {
      throw CannotDraw(
        reason: "no run of the scenario improved its \(metric.words) after the start")
    }
    let styles = Palette.styles(of: scenario.optimizers)
    let lines = scenario.optimizers.compactMap { participant -> Line? in
      let trials = result.runs.filter { $0.optimizer == participant.label }.map(\.trial)
      guard let style = styles[participant.label], !trials.isEmpty else { return nil }
      return Line(
        label: participant.label, style: style,
        profile: RuntimeProfile(trials, ladder, metric: metric))
    }
    let seeds = Set(result.runs.map(\.seed)).count
    var notes = result.missingRuns
    notes.append(
      "\(ladder.count) targets, \(metric.words) from \(metric.text(easiest)) to \(metric.text(hardest))"
    )
    if seeds > 1 { notes.append("\(seeds) seeds") }
    if metric.isPerEpoch { notes.append("networks are evaluated once per epoch") }
    notes.append("legend: fraction at the end of the budget")
    return drawing(
      lines, title: "\(scenario.title): targets reached over evaluations",
      subtitle: scenario.shownTask, note: notes.joined(separator: "; "),
      comment: "\(scenario.title): fraction of targets reached", startsAtFirst: metric.isPerEpoch)
  }

  /// Chart of all common scenarios.
  @Sendable static func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    guard !comparison.runtimes.isEmpty else {
      throw CannotDraw(reason: "no common scenario has targets that some run reached")
    }
    let lines = zip(comparison.optimizers, comparison.runtimes).compactMap { label, profile in
      styles[label].map { Line(label: label, style: $0, profile: profile) }
    }
    return drawing(
      lines, title: "Targets reached over evaluations",
      subtitle: comparison.scope
        + "; networks are evaluated once per epoch, hence the vertical jumps",
      note:
        "\(TargetLadder.count) targets in each of \(comparison.scenariosWithLadder) scenarios with equal weight; "
        + "legend: fraction at the end of the budget",
      comment: "fraction of the targets of all scenarios reached")
  }

  private struct Line {
    var label: String
    var style: SeriesStyle
    var profile: RuntimeProfile
  }

  private static func drawing(
    _ lines: [Line], title: String, subtitle: String, note: String, comment: String,
    startsAtFirst: Bool = false
  ) -> Drawing {
    let first = lines.compactMap(\.profile.reached.places.first).min() ?? 1
    // Nothing is known before the first evaluation of a network, so the axis begins there.
    let lower = startsAtFirst ? first : first / 1.3
    let upper = max((lines.map(\.profile.spent).max() ?? first) * 1.04, lower * 3)
    let canvas = Canvas(fitting: lines.map(\.label))
    var data = DataFile(comment)
    var script = canvas.preamble(title: title, subtitle: subtitle, note: note)
    script += [
      "set logscale x",
      "set xrange [\(lower.shortest):\(upper.shortest)]",
      "set xtics (\(Tics.logarithmic(lower, upper)))",
      "set yrange [-1.5:103]",
      "set ytics 20",
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set xlabel 'loss and gradient evaluations (a simple step needs one of each)'",
      "set ylabel 'targets reached (%)'",
    ]
    var layers: [String] = []
    var legend: [String] = []
    for (index, line) in lines.enumerated() {
      let block = data.block(
        line.label, columns: ["evaluations", "percent"], rows: rows(line.profile, from: lower))
      // Coinciding lines are drawn side by side, about half a percent apart.
      let shift = 0.9 * ((Double(index) + 0.5) / Double(lines.count) - 0.5)
      let place = "'\(kind.name).dat' index \(block) using 1:($2+\(NumberText.fraction(shift)))"
      let style = line.style
      layers.append("\(place) with steps lc '\(style.colour)' lw 3.2 dt \(style.dash) notitle")
      let count = line.profile.reached.places.count + 2
      let every = max(1, count / 7)
      layers.append(
        "\(place) every \(every)::\(1 + (index * every / max(1, lines.count)) % every) with points "
          + "lc '\(style.colour)' pt \(style.marker) ps 1.6 lw 2 notitle")
      let share = NumberText.short(100 * (line.profile.reached.shares.last ?? 0)) + " %"
      legend.append(
        "keyentry with linespoints lc '\(style.colour)' lw 3.2 dt \(style.dash) pt \(style.marker) ps 1.6 "
          + "title \(GnuplotText.quoted("\(GnuplotText.name(line.label))  \(share)"))")
    }
    script += ["plot \\", "  " + (layers + legend).joined(separator: ", \\\n  ")]
    return Drawing(
      name: kind.name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  /// Corners of the line, from 0 at the left edge to the end of the budget.
  private static func rows(_ profile: RuntimeProfile, from edge: Double) -> [[Double]] {
    let corners = zip(profile.reached.places, profile.reached.shares).map { [$0, 100 * $1] }
    return [[edge, 0]] + corners
      + [[max(edge, profile.spent), 100 * (profile.reached.shares.last ?? 0)]]
  }
}
