import Analysis
import Foundation
import Records
import Statistics
import Text

/// A step line of the fraction of targets reached against evaluations.
struct TargetLine {
  var label: String
  var style: SeriesStyle
  var profile: RuntimeProfile

  static func drawing(
    _ lines: [TargetLine], name: String, title: String, subtitle: String, note: String,
    comment: String,
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
      let place = "'\(name).dat' index \(block) using 1:($2+\(NumberText.fraction(shift)))"
      let style = line.style
      layers.append("\(place) with steps lc '\(style.color)' lw 3.2 dt \(style.dash) notitle")
      let count = line.profile.reached.places.count + 2
      let every = max(1, count / 7)
      layers.append(
        "\(place) every \(every)::\(1 + (index * every / max(1, lines.count)) % every) with points "
          + "lc '\(style.color)' pt \(style.marker) ps 1.6 lw 2 notitle")
      let share = NumberText.short(100 * (line.profile.reached.shares.last ?? 0)) + " %"
      legend.append(
        "keyentry with linespoints lc '\(style.color)' lw 3.2 dt \(style.dash) pt \(style.marker) ps 1.6 "
          + "title \(GnuplotText.quoted("\(GnuplotText.name(line.label))  \(share)"))")
    }
    script += ["plot \\", "  " + (layers + legend).joined(separator: ", \\\n  ")]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  /// Corners of the line, from 0 at the left edge to the end of the budget.
  private static func rows(_ profile: RuntimeProfile, from edge: Double) -> [[Double]] {
    let corners = zip(profile.reached.places, profile.reached.shares).map { [$0, 100 * $1] }
    return [[edge, 0]] + corners
      + [[max(edge, profile.spent), 100 * (profile.reached.shares.last ?? 0)]]
  }
}
