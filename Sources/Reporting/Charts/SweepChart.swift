import Analysis
import Foundation
import Records
import Statistics
import Text

/// Final result and cost to reach the target, against a swept setting.
struct SweepChart: Chart {
  let name = "sweep"
  let summary = "final result and cost to reach the target, against the swept setting"
  let needs = ChartNeeds([.surface, .network])
  let isUsual = false

  func draw(_ analysis: ScenarioAnalysis) throws(CannotDraw) -> Drawing {
    let result = analysis.result
    let scenario = result.scenario
    guard let sweep = Sweep(scenario) else {
      throw CannotDraw(reason: "no setting takes two or more numbers in its variants")
    }
    let panels = panels(of: result)
    // A line has the style that its first variant has in other charts.
    let own = Palette.styles(of: scenario.optimizers)
    var canvas = Canvas(fitting: sweep.series.map(\.label))
    let height = panels.count > 2 ? 300 : 400
    // Room for thousands next to the axis.
    canvas.left = 160
    canvas.bottom = canvas.top + panels.count * height + (panels.count - 1) * Self.gap
    canvas.height = canvas.bottom + 100
    let words = sweep.name.replacing("_", with: " ")
    var data = DataFile("\(scenario.title): results against \(sweep.name)")
    var script = canvas.preamble(
      title: "\(scenario.title): effect of the \(words)", subtitle: scenario.shownTask,
      note: note(result, sweep))
    let lines = panels.map { panel in
      sweep.series.compactMap { one in
        own[one.first].map { SweepLine(one, style: $0, panel, result) }
      }
    }
    script += horizontalAxis(
      sweep, hasFailed: lines.contains { $0.contains { !$0.failed.isEmpty } })
    script.append("set multiplot")
    for (index, (panel, series)) in zip(panels, lines).enumerated() {
      let top = canvas.top + index * (height + Self.gap)
      script += [
        "set tmargin at screen \(canvas.vertical(top))",
        "set bmargin at screen \(canvas.vertical(top + height))",
        "set format x '\(index == panels.count - 1 ? "%h" : "")'",
        index == panels.count - 1
          ? "set xlabel \(GnuplotText.quoted(words + (sweep.isLogarithmic ? " (log scale)" : "")))"
          : "set xlabel ' '",
      ]
      script += index == panels.count - 1 ? [tics(sweep, named: true)] : [tics(sweep, named: false)]
      script += picture(panel, series, sweep, hasLegend: index == 0, &data)
      script += ["unset label", "unset key", "unset object"]
    }
    script.append("unset multiplot")
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  /// Gap between panels in pixels.
  private static let gap = 46

  // MARK: What is shown

  private func panels(of result: ScenarioResult) -> [SweepPanel] {
    let metric = result.scenario.rankedBy
    let scale = metric.axisScale
    var panels = [
      SweepPanel(
        quantity: metric.axisTitle, failure: "diverged",
        isLogarithmic: !metric.largerIsBetter, largerIsBetter: metric.largerIsBetter
      ) { scale * $0.outcome(of: metric) }
    ]
    guard let target = result.scenario.target else { return panels }
    panels.append(
      SweepPanel(quantity: "steps to target", failure: "not reached", isLogarithmic: true) {
        $0.steps(to: target).map { Double(max(1, $0)) } ?? .infinity
      })
    // Only where epochs have different numbers of steps.
    let lengths = result.runs.compactMap { run in
      run.trial.epochs > 0 && run.trial.status.isComplete
        ? Double(run.trial.steps) / Double(run.trial.epochs) : nil
    }
    if let least = lengths.min(), let greatest = lengths.max(), greatest > 1.5 * least,
      target.metric.isPerEpoch
    {
      panels.append(
        SweepPanel(quantity: "epochs to target", failure: "not reached", isLogarithmic: true) {
          $0.epochs(to: target).map { Double(max(1, $0)) } ?? .infinity
        })
    }
    return panels
  }

  // MARK: Axes

  /// - Parameter hasFailed: Whether the label of the failure strip needs room on the left.
  private func horizontalAxis(_ sweep: Sweep, hasFailed: Bool) -> [String] {
    let positions = sweep.tics.map(\.position)
    let (first, last) = (positions.min() ?? 0, positions.max() ?? 1)
    let air = max(0.06 * (last - first), 1e-9)
    return [
      "set xrange [\((first - (hasFailed ? 3 : 1) * air).shortest):\((last + air).shortest)]",
      "set grid xtics ytics lc '#d0d0d0' lw 1.5 dt 1",
    ]
  }

  /// Tics at all values, as far as there is room.
  private func tics(_ sweep: Sweep, named: Bool) -> String {
    let every = (sweep.tics.count + 11) / 12
    let texts = sweep.tics.enumerated().filter { $0.offset.isMultiple(of: every) }.map {
      // Values of a range can have as many digits as a double.
      let short = Double($0.element.text).map(NumberText.short) ?? $0.element.text
      let text = named ? GnuplotText.shortened(short, to: 14) : ""
      return "\(GnuplotText.tic(text)) \($0.element.position.shortest)"
    }
    return "set xtics (\(texts.joined(separator: ", ")))"
  }

  /// With room on the bad side for failed runs, as a fraction of the height.
  private func axis(_ panel: SweepPanel, _ lines: [SweepLine], room: Double) -> ValueAxis {
    let values = lines.flatMap { $0.points.flatMap { [$0.lower, $0.median, $0.upper] } }
    guard let low = values.min(), let high = values.max() else { return .linear(0, 1) }
    if panel.isLogarithmic, low >= 0, high > 0 {
      let least = max(values.filter { $0 > 0 }.min() ?? high, high * 1e-20)
      let top = high * pow(max(high / least, 2), room)
      return ValueAxis.loss(values + [top], first: [high]) ?? .linear(low, high)
    }
    let span = max(high - low, 1e-9)
    return panel.largerIsBetter
      ? .linear(low - room * span, high) : .linear(low, high + room * span)
  }

  /// Failed runs have no value, so the axis has no numbers there.
  private func ticsOutside(_ strip: (Double, Double), of axis: ValueAxis) -> [String] {
    func place(_ share: Double) -> Double {
      axis.isLogarithmic
        ? axis.lower * pow(axis.upper / axis.lower, share)
        : axis.lower + (axis.upper - axis.lower) * share
    }
    let (lower, upper) =
      strip.0 > 0 ? (axis.lower, place(strip.0)) : (place(strip.1), axis.upper)
    if axis.isLogarithmic { return ["set ytics (\(Tics.logarithmic(lower, upper)))"] }
    let step = Tics.step(over: upper - lower, about: 6)
    let (first, last) = ((lower / step).rounded(.up) * step, (upper / step).rounded(.down) * step)
    return ["set ytics \(first.shortest),\(step.shortest),\(last.shortest)"]
  }

  // MARK: A panel

  private func picture(
    _ panel: SweepPanel, _ lines: [SweepLine], _ sweep: Sweep, hasLegend: Bool,
    _ data: inout DataFile
  ) -> [String] {
    let hasFailed = lines.contains { !$0.failed.isEmpty }
    let axis = axis(panel, lines, room: hasFailed ? 0.16 : 0)
    var script =
      (axis.isLogarithmic ? [] : ["unset logscale y", "set ytics autofreq"]) + axis.settings
      + [
        "set ylabel '\(panel.quantity)\(axis.isLogarithmic ? " (log)" : "")'", "set y2range [0:1]",
      ]
    let strip = panel.largerIsBetter ? (0.0, 0.1) : (0.9, 1.0)
    if hasFailed {
      script += ticsOutside(strip, of: axis)
      script += [
        "set object 1 rectangle from graph 0,\(strip.0.shortest) to graph 1,\(strip.1.shortest) behind "
          + "fillcolor '#f7dcd8' fillstyle solid noborder",
        "set label 9 '\(panel.failure)' at graph 0.006,\(((strip.0 + strip.1) / 2).shortest) left "
          + "font 'sans,14' textcolor '#a32020'",
      ]
    }
    // Without a value there is nothing to read on the axis.
    if lines.allSatisfy(\.points.isEmpty) { script.append("set ytics ('' -1)") }
    let spread = (sweep.tics.map(\.position).max() ?? 1) - (sweep.tics.map(\.position).min() ?? 0)
    var layers: [String] = []
    var legend: [String] = []
    for (index, line) in lines.enumerated() {
      let style = line.style
      // Side by side, so that bars and markers of equal values do not overlap.
      let shift =
        0.02 * spread * ((Double(index) + 0.5) / Double(lines.count) - 0.5)
      let block = data.block(
        "\(panel.quantity), \(line.label)",
        columns: [
          sweep.isLogarithmic ? "log10_of_\(sweep.name)" : sweep.name, "median", "lower_quartile",
          "upper_quartile",
        ],
        pieces: line.pieces)
      let place = "'\(name).dat' index \(block) using ($1+\(shift.shortest))"
      let value = axis.expression("$2")
      if line.points.contains(where: { $0.lower < $0.upper }) {
        layers.append(
          "\(place):(\(value)):(\(axis.expression("$3"))):(\(axis.expression("$4"))) with yerrorbars "
            + "lc '\(style.color)' lw 2 pt 0 notitle")
      }
      if !line.points.isEmpty {
        // The values between two points are unknown.
        let dash = line.points.count { $0.isNumber } <= 2 ? "(1,3)" : String(style.dash)
        layers.append(
          "\(place):(\(value)) with linespoints lc '\(style.color)' lw 3 dt \(dash) "
            + "pt \(style.marker) ps 1.8 notitle")
      }
      if !line.failed.isEmpty {
        let lost = data.block(
          "\(panel.quantity), \(line.label): \(panel.failure)", columns: [sweep.name, "height"],
          rows: line.failed.map { [$0, (strip.0 + strip.1) / 2] })
        layers.append(
          "'\(name).dat' index \(lost) using ($1+\(shift.shortest)):2 axes x1y2 with points "
            + "lc '\(style.color)' pt 2 ps 1.8 lw 4 notitle")
      }
      legend.append(
        "keyentry with linespoints lc '\(style.color)' lw 3 dt \(style.dash) pt \(style.marker) ps 1.8 "
          + "title \(GnuplotText.quoted(GnuplotText.name(line.label)))")
    }
    return script + [
      "plot \\",
      "  " + (layers + (hasLegend || layers.isEmpty ? legend : [])).joined(separator: ", \\\n  "),
    ]
  }

  private func note(_ result: ScenarioResult, _ sweep: Sweep) -> String {
    let seeds = Set(result.runs.map(\.seed)).count
    var parts = result.missingRuns
    if seeds > 1 { parts.append("median and quartiles of \(result.scenario.replicates(seeds))") }
    if let target = result.scenario.target {
      let value =
        target.metric.largerIsBetter
        ? "\(NumberText.short(100 * target.value)) %" : NumberText.short(target.value)
      parts.append("target: \(target.metric.words) \(target.relation) \(value)")
    }
    if !sweep.companions.isEmpty {
      let words = sweep.companions.map { $0.replacing("_", with: " ") }
      parts.append(
        "the \(words.joined(separator: " and the ")) \(words.count == 1 ? "changes" : "change") too"
      )
    }
    return parts.joined(separator: "; ")
  }
}
