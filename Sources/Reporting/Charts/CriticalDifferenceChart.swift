import Analysis
import Foundation
import Records
import Statistics
import Text

/// Average ranks on an axis, with bars over groups of which no pair differs by Nemenyi's test (Demšar 2006, section 3.2.4).
///
/// Where every optimizer ran in every scenario, a ruler shows the critical difference; otherwise each pair has another one.
package struct CriticalDifferenceChart: SuiteChart {
  let name = "critical_difference"
  let summary =
    "average ranks, with bars that join optimizers without a significant difference"

  func draw(
    _ comparison: SuiteComparison, _ styles: [String: SeriesStyle]
  ) throws(CannotDraw) -> Drawing {
    let difference = comparison.criticalDifference
    let labels = comparison.optimizers
    let ranks = comparison.averageRanks
    let groups = Self.groups(count: labels.count, areAlike: comparison.isAlike)
    let half = (labels.count + 1) / 2
    let depth = Double(groups.count) * 0.5 + Double(half) + 0.2

    var canvas = Canvas()
    canvas.left = 330
    canvas.right = 1270
    canvas.top = 150
    canvas.bottom = canvas.top + Int(pixels: (depth + Self.summit) * 48)
    canvas.height = canvas.bottom + 20
    var data = DataFile("average ranks and groups without significant differences")
    let count = Double(labels.count)
    let ruler = difference.map {
      data.block(
        "critical difference", columns: ["rank", "height"], rows: [[1, 1.5], [1 + $0, 1.5]])
    }
    let bars = data.block(
      "groups", columns: ["lowest", "highest", "height"],
      rows: groups.enumerated().map { index, group in
        [
          ranks[group.lowerBound] - 0.06, ranks[group.upperBound] + 0.06,
          -0.45 - 0.5 * Double(index),
        ]
      })
    var layers =
      ruler.map {
        [
          "'critical_difference.dat' index \($0) using 1:2 with linespoints lc '#111111' lw 3 pt 1 ps 1.5 notitle"
        ]
      } ?? []
    var texts: [String] = []
    for (index, label) in labels.enumerated() {
      guard let style = styles[label] else { continue }
      let isLeft = index < half
      let row = isLeft ? index : labels.count - 1 - index
      let height = -(Double(groups.count) * 0.5 + Double(row) + 0.7)
      let edge = isLeft ? 0.85 : count + 0.15
      let leader = data.block(
        label, columns: ["rank", "height"],
        rows: [[edge, height], [ranks[index], height], [ranks[index], 0]])
      let place = "'critical_difference.dat' index \(leader) using 1:2"
      // The marker is at the name: on the axis, those of nearly equal ranks would hide one another.
      layers += [
        "\(place) with lines lc '\(style.color)' lw 2.2 notitle",
        "\(place) every ::2::2 with points lc '\(style.color)' pt 7 ps 0.9 notitle",
        "\(place) every ::0::0 with points lc '#ffffff' pt \(style.filledMarker) ps 2 lw 2 notitle",
        "\(place) every ::0::0 with points lc '\(style.color)' pt \(style.marker) ps 2 lw 2 notitle",
      ]
      let ran = comparison.coverage[index]
      let text =
        "\(GnuplotText.name(label, limit: 20))  \(NumberText.hundredths(ranks[index]))"
        + (comparison.isComplete ? "" : "  (\(ran))")
      texts.append(
        "set label \(20 + index) \(GnuplotText.quoted(text)) at first \(edge.shortest),\(height.shortest) "
          + "\(isLeft ? "right offset -1.6,0" : "left offset 1.6,0") font 'sans,17' textcolor '#111111'"
      )
    }
    // Boxes, because the ends of thick lines are not straight.
    layers.append(
      "'critical_difference.dat' index \(bars) using 1:3:1:2:($3-0.1):($3+0.1) with boxxyerror "
        + "fillcolor '#555555' fillstyle solid noborder notitle")
    var script = canvas.preamble(
      title: Self.title(comparison),
      subtitle: comparison.isComplete
        ? "average rank over \(comparison.scope)"
        : "average rank over the scenarios that an optimizer ran in (in parentheses: how many of \(comparison.scenarios.count))",
      note: "a bar joins optimizers whose ranks do not differ significantly "
        + "(Nemenyi test, α = 0.05\(comparison.isComplete ? "" : ", on shared scenarios"))\(test(comparison))"
    )
    script += [
      "unset key",
      "set border 0",
      "unset ytics",
      "set xrange [0.85:\((count + 0.15).shortest)]",
      "set yrange [\((-depth).shortest):\(Self.summit.shortest)]",
      "set xzeroaxis lt 1 lc '#333333' lw 2",
      "set xtics axis 1 out scale 1 offset 0,2.6 textcolor '#333333'",
    ]
    if let difference { script.append(Self.rulerLabel(difference, comparison)) }
    script += texts
    script += ["plot \\", "  " + layers.joined(separator: ", \\\n  ")]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script,
      data: data.text)
  }

  /// Longer than the axis, the ruler shows that no difference can be significant.
  private static func rulerLabel(_ difference: Double, _ comparison: SuiteComparison) -> String {
    let excess = difference < comparison.largestDifference ? "" : ", more than is possible"
    return
      "set label 10 'critical difference \(NumberText.hundredths(difference))\(excess)' at first 1,1.5 "
      + "left offset 0,0.9 font 'sans,16' textcolor '#111111'"
  }

  /// Rows above the axis.
  private static let summit = 2.3

  /// How many pairs differ, which is what the picture answers.
  private static func title(_ comparison: SuiteComparison) -> String {
    let all = comparison.optimizers.indices.flatMap { first in
      comparison.optimizers.indices.dropFirst(first + 1).map { (first, $0) }
    }
    let differing = all.count { !comparison.isAlike($0.0, $0.1) }
    return differing == 0
      ? "Average ranks: no two optimizers differ significantly"
      : "Average ranks: \(differing) of \(all.count) pairs differ significantly"
  }

  private func test(_ comparison: SuiteComparison) -> String {
    let name = comparison.isComplete ? "Friedman test" : "Skillings–Mack test"
    guard let value = comparison.jointPValue else { return "" }
    return "; \(name): p \(value < 1e-4 ? "< 0.0001" : String(format: "= %.2g", value))"
  }

  /// The longest sequences of at least two neighbors of which every pair is alike, none inside another.
  package static func groups(
    count: Int, areAlike: (Int, Int) -> Bool
  ) -> [ClosedRange<Int>] {
    var groups: [ClosedRange<Int>] = []
    for first in 0..<count {
      var last = first
      while last + 1 < count, (first...last).allSatisfy({ areAlike($0, last + 1) }) { last += 1 }
      guard last > first, groups.last.map({ last > $0.upperBound }) ?? true else { continue }
      groups.append(first...last)
    }
    return groups
  }
}
