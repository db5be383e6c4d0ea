import Analysis
import Records
import Text

/// A series with its exponentially weighted averages, with and without correction for their start at zero.
struct BiasCorrectionChart: Chart {
  let name = "bias_correction"
  let summary =
    "exponentially weighted averages of a series, with and without bias correction"
  let needs = ChartNeeds([.smoothing])
  let isDrawnByPage = true

  private static let colors = ["#e69f00", "#009e73", "#0072b2", "#d55e00", "#882255", "#56b4e9"]

  /// Label and style of each average.
  static func styles(of smoothing: Smoothing) -> [(label: String, style: SeriesStyle)] {
    smoothing.averages.enumerated().map { index, average in
      (
        "β = \(average.beta.shortest)",
        SeriesStyle(color: Self.colors[index % Self.colors.count], marker: 7, dash: 1)
      )
    }
  }
  /// Days of the upper panel, where the correction has an effect.
  private static let firstDays = 60

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let scenario = analysis.scenario
    guard let smoothing = scenario.smoothing, !smoothing.values.isEmpty else {
      throw CannotDraw(reason: "the scenario has no series")
    }
    let days = smoothing.values.count
    let hasTwoPanels = days > Self.firstDays * 3 / 2
    var canvas = Canvas()
    canvas.height = hasTwoPanels ? 1220 : 920
    canvas.left = 120
    canvas.bottom = hasTwoPanels ? 650 : 800

    let data = data(smoothing, title: scenario.title)
    var script = canvas.preamble(
      title: "\(scenario.title): averages that start at zero are too low at first",
      subtitle: scenario.shownProblem,
      note: "dashed: average v; solid: corrected, v / (1 − βᵗ)"
        + (hasTwoPanels
          ? "; top: first \(Self.firstDays) days; bottom: all \(NumberText.grouped(days)) days"
          : ""))
    script += [
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set key samplen 4",
      // One label for both panels.
      "set label 4 \(GnuplotText.quoted(smoothing.quantity)) at screen \(canvas.horizontal(40)),"
        + "\(canvas.vertical((canvas.top + canvas.height - 110) / 2)) center rotate font 'sans,17'",
      "set xlabel \(GnuplotText.quoted("day (day 1 is \(smoothing.firstDay))"))",
    ]
    let (lower, upper) = range(smoothing, days: hasTwoPanels ? Self.firstDays : days)
    if hasTwoPanels { script.append("set multiplot") }
    script += [
      "set xrange [0:\(hasTwoPanels ? Self.firstDays + 1 : days + 1)]",
      "set yrange [\(lower.shortest):\(upper.shortest)]",
      "plot \\\n  " + layers(smoothing, isClose: true).joined(separator: ", \\\n  "),
    ]
    if hasTwoPanels {
      let (lower, upper) = range(smoothing, days: days)
      script += [
        "unset label", "unset key",
        "set tmargin at screen \(canvas.vertical(765))",
        "set bmargin at screen \(canvas.vertical(1110))",
        "set xrange [0:\(days + 1)]",
        "set yrange [\(lower.shortest):\(upper.shortest)]",
        "plot \\\n  " + layers(smoothing, isClose: false).joined(separator: ", \\\n  "),
        "unset multiplot",
      ]
    }
    return Drawing(
      name: name, width: canvas.width, height: canvas.height,
      body: script, data: data.text)
  }

  private func data(_ smoothing: Smoothing, title: String) -> DataFile {
    var data = DataFile("\(title): series and averages")
    _ = data.block(
      smoothing.quantity, columns: ["day", "value"],
      rows: smoothing.values.enumerated().map { [Double($0.offset + 1), $0.element] })
    for average in smoothing.averages {
      _ = data.block(
        "beta = \(average.beta.shortest)", columns: ["day", "average", "corrected"],
        rows: average.average.indices.map {
          [Double($0 + 1), average.average[$0], average.corrected[$0]]
        })
    }
    return data
  }

  private func layers(_ smoothing: Smoothing, isClose: Bool) -> [String] {
    let file = "'bias_correction.dat'"
    // A line needs two points.
    let style = smoothing.values.count > 1 ? "lines" : "points pt 6 ps 2"
    var layers = [
      "\(file) index 0 using 1:2 with points pt 7 ps \(isClose ? "1.1" : "0.35") "
        + "lc '\(isClose ? "#9a9a9a" : "#c4c4c4")' notitle"
    ]
    for (index, _) in smoothing.averages.enumerated() {
      let color = Self.colors[index % Self.colors.count]
      layers.append(
        "\(file) index \(index + 1) using 1:2 with \(style) lc '\(color)' lw \(isClose ? 3 : 2) dt (9,6) notitle"
      )
    }
    for (index, _) in smoothing.averages.enumerated() {
      let color = Self.colors[index % Self.colors.count]
      layers.append(
        "\(file) index \(index + 1) using 1:3 with \(style) lc '\(color)' lw \(isClose ? 3.5 : 2.2) notitle"
      )
    }
    layers.append("keyentry with points pt 7 ps 1.1 lc '#9a9a9a' title 'daily value'")
    for (index, average) in smoothing.averages.enumerated() {
      let color = Self.colors[index % Self.colors.count]
      layers.append(
        "keyentry with lines lc '\(color)' lw 3.5 title 'β = \(average.beta.shortest), corrected'")
      layers.append(
        "keyentry with lines lc '\(color)' lw 3 dt (9,6) title 'β = \(average.beta.shortest), average'"
      )
    }
    return layers
  }

  /// Range of the first `days`, with a small margin.
  private func range(_ smoothing: Smoothing, days: Int) -> (Double, Double) {
    let values =
      (Array(smoothing.values.prefix(days))
      + smoothing.averages.flatMap { $0.average.prefix(days) + $0.corrected.prefix(days) })
      .filter(\.isFinite)
    let lower = min(values.min() ?? 0, 0)
    let upper = max(values.max() ?? 1, lower + 1e-9)
    let air = 0.04 * (upper - lower)
    return (lower < 0 ? lower - air : lower, upper + air)
  }
}
