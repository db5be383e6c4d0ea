import Analysis
import Foundation
import Records
import Text

/// Length of the first steps of each optimizer, which shows a missing bias correction.
struct FirstStepsChart: Chart {
  let name = "first_steps"
  let summary =
    "length of each of the first \(Self.count) steps, which shows the effect of bias correction"
  let needs = ChartNeeds([.surface], landscape: true)
  let isUsual = false

  private static let count = 60

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    let styles = Palette.styles(of: scenario.optimizers)
    let series = scenario.optimizers.compactMap { participant -> Series? in
      guard let path = result.firstRun(of: participant.label)?.trial.trajectory,
        let style = styles[participant.label]
      else { return nil }
      return Series(participant.label, path, style)
    }
    let lengths = series.flatMap { $0.points.map(\.length) }
    guard let axis = ValueAxis.loss(lengths, first: lengths) else {
      throw CannotDraw(reason: "no run of the scenario has recorded two consecutive steps")
    }
    let lastStep = series.flatMap { $0.points.map(\.step) }.max() ?? 1
    let canvas = Canvas(fitting: series.map(\.label))
    var data = DataFile("\(scenario.title): lengths of the first steps")
    var script = canvas.preamble(
      title: "\(scenario.title): length of the first steps",
      subtitle: scenario.shownTask,
      note: (result.missingRuns + result.shownSeeds(1) + ["legend: length of the first step"])
        .joined(separator: "; "))
    script += axis.settings
    script += [
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set xrange [0:\(lastStep)]",
      "set xlabel 'step'",
      "set ylabel 'length of the step, ‖θₜ − θₜ₋₁‖'",
    ]
    var layers: [String] = []
    for (index, one) in series.enumerated() {
      let block = data.block(
        one.label, columns: ["step", "length"],
        rows: one.points.map { [Double($0.step), $0.length] })
      let place = "'first_steps.dat' index \(block) using 1:(\(axis.expression("$2")))"
      layers.append(
        "\(place) with lines lc '\(one.style.color)' lw 3 dt \(one.style.dash) notitle")
      layers.append(
        "\(place) every 6::\(index % 6) with points lc '\(one.style.color)' pt \(one.style.marker) ps 1.6 lw 2 notitle"
      )
    }
    layers += series.map { one in
      let first = one.points.first.map { NumberText.short($0.length) } ?? "none"
      let text = "\(GnuplotText.name(one.label))  \(first)"
      return "keyentry with linespoints lc '\(one.style.color)' lw 3 dt \(one.style.dash) "
        + "pt \(one.style.marker) ps 1.6 title \(GnuplotText.quoted(text))"
    }
    script += ["plot \\", "  " + layers.joined(separator: ", \\\n  ")]
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  private struct Series {
    var label: String
    var style: SeriesStyle
    var points: [(step: Int, length: Double)]

    init?(_ label: String, _ path: Trajectory, _ style: SeriesStyle) {
      self.label = label
      self.style = style
      points = path.steps.indices.dropFirst().prefix(FirstStepsChart.count).compactMap { index in
        // Thinned records omit steps, and the sum of two steps is not a step length.
        guard path.steps[index] == path.steps[index - 1] + 1 else { return nil }
        let length = hypot(path.x[index] - path.x[index - 1], path.y[index] - path.y[index - 1])
        return length.isFinite && length > 0 ? (path.steps[index], length) : nil
      }
      if points.isEmpty { return nil }
    }
  }
}
