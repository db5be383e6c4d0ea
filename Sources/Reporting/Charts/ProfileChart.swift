import Analysis
import Foundation
import Records
import Statistics
import Text

/// Performance profiles of the evaluations to the target (Dolan and Moré 2002).
struct ProfileChart: SuiteChart {
  let name = "profile"
  let summary =
    "performance profile: fraction of targets reached within a multiple of the fewest evaluations that any optimizer needed"

  /// Largest multiple of the fewest evaluations that is shown.
  private static let greatest = 64.0

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    guard let profile = comparison.profile else {
      throw CannotDraw(reason: "no common scenario has a target")
    }
    let canvas = Canvas(fitting: comparison.optimizers)
    var data = DataFile("performance profiles over evaluations to the target")
    var script = canvas.preamble(
      title: "How often is each optimizer close to the fastest one?",
      subtitle:
        "performance profile: targets reached within τ times the evaluations of the fastest optimizer, in \(scenarios(profile)) with a target",
      note:
        "left edge: how often the fastest; right edge: how often within \(Self.greatest.shortest) times its evaluations; legend: AlgoPerf score (area up to τ = 4)"
        + (isComplete(profile) ? "" : ", (n) scenarios")
    )
    script += [
      "set logscale x 2",
      // Rounding can remove a tic exactly at the edge.
      "set xrange [1:\((Self.greatest * 1.03).shortest)]",
      "set yrange [0:103]",
      "set xtics (1, 2, 4, 8, 16, 32, 64)",
      "set ytics 20",
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set xlabel 'τ, evaluations relative to the fastest optimizer'",
      "set ylabel 'targets reached (%)'",
    ]
    var layers: [String] = []
    var legend: [String] = []
    let count = comparison.optimizers.count
    for (index, label) in comparison.optimizers.enumerated() {
      guard let style = styles[label] else { continue }
      let steps = profile.steps(solver: index, upTo: Self.greatest)
      var rows = steps.map { [$0.factor, 100 * $0.share] }
      rows.append([Self.greatest, 100 * profile.share(solver: index, factor: Self.greatest)])
      let block = data.block(label, columns: ["factor", "percent"], rows: rows)
      // Coinciding lines are drawn side by side, less than one percent apart.
      let shift = 0.8 * (Double(index) - Double(count - 1) / 2) / Double(max(1, count))
      let place = "'profile.dat' index \(block) using 1:($2+\(NumberText.fraction(shift)))"
      layers.append("\(place) with steps lc '\(style.color)' lw 3.4 dt \(style.dash) notitle")
      layers.append(
        "\(place) with points lc '\(style.color)' pt \(style.marker) ps 1.7 lw 2 notitle")
      let score = NumberText.hundredths(profile.algoPerfScore(solver: index))
      legend.append(
        "keyentry with linespoints lc '\(style.color)' lw 3.4 dt \(style.dash) pt \(style.marker) ps 1.7 "
          + "title \(GnuplotText.quoted("\(GnuplotText.name(label))  \(score)\(isComplete(profile) ? "" : "  (\(profile.ratios[index].count))")"))"
      )
    }
    script += ["plot \\", "  " + (layers + legend).joined(separator: ", \\\n  ")]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  /// Whether every optimizer ran in every scenario with a target.
  private func isComplete(_ profile: PerformanceProfile) -> Bool {
    Set(profile.ratios.map(\.count)).count == 1
  }

  /// `9 scenarios`, or `8 to 10 scenarios`.
  private func scenarios(_ profile: PerformanceProfile) -> String {
    let counts = profile.ratios.map(\.count)
    let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
    return least == most ? counted(most, "scenario") : "\(least) to \(most) scenarios"
  }
}
