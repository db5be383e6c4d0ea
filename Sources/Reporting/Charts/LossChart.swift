import Records

/// Loss along the steps, one line per optimizer.
enum LossChart {
  static let kind = ChartKind(
    name: "loss", summary: "loss per step on a logarithmic axis", kinds: [.surface, .network],
    draw: draw)

  @Sendable private static func draw(_ result: ScenarioResult) throws(CannotDraw) -> Drawing {
    let scenario = result.scenario
    let styles = Palette.styles(of: scenario.optimizers)
    let window = window(for: result)
    let series = scenario.optimizers.compactMap { participant in
      styles[participant.label].flatMap {
        LossSeries(participant, result, style: $0, window: window)
      }
    }
    let points = series.flatMap(\.points)
    let last = result.runs.compactMap { $0.trial.curve(.loss)?.steps.last }.max() ?? 0
    guard
      let axis = ValueAxis.loss(
        points.map(\.loss), first: series.compactMap(\.points.first?.loss))
    else {
      throw CannotDraw(
        reason: series.isEmpty
          ? "no run of the scenario has recorded a loss"
          : "no run of the scenario has a finite loss: \(series.map(\.legend).joined(separator: "; "))"
      )
    }

    let canvas = Canvas(fitting: scenario.optimizers.map(\.label))
    var data = DataFile("\(scenario.title): loss")
    var script = canvas.preamble(
      title: "\(scenario.title): how fast the loss falls",
      subtitle: "\(scenario.problem); \(scenario.budget)",
      note: note(result, window: window, remark: axis.remark))
    script += axis.settings
    script += [
      "set grid ytics lc '#d0d0d0' lw 1.5 dt 1",
      "set xrange [0:\(max(last, 1))]",
      last < 10 ? "set xtics 1" : "set xtics autofreq",
      "set xlabel 'step (updates made)'",
      "set ylabel \(GnuplotText.quoted(quantity(scenario)))",
    ]
    var lines: [String] = []
    var marks: [String] = []
    for (index, one) in series.enumerated() {
      let block = data.block(
        one.label, columns: ["step", "loss"], rows: one.points.map { [$0.step, $0.loss] })
      let style = one.style
      let place = "'loss.dat' index \(block) using 1:(\(axis.expression("$2")))"
      if one.points.count > 1 {
        lines.append("\(place) with lines lc '\(style.colour)' lw 3 dt \(style.dash) notitle")
      }
      // Markers of lines that lie on one another stand apart.
      let every = max(1, one.points.count / 8)
      let first = one.points.count > 8 ? every * (index + 1) / (series.count + 1) : 0
      marks.append(
        "\(place) every \(every)::\(first) with points lc '\(style.colour)' pt \(style.marker) "
          + "ps 1.6 lw 2 notitle")
      if one.isCutShort, let end = one.points.last {
        let cut = data.block(
          "\(one.label), last value before divergence", columns: ["step", "loss"],
          rows: [
            [end.step, axis.isLogarithmic ? min(end.loss, axis.edge(below: false)) : end.loss]
          ])
        marks.append(
          "'loss.dat' index \(cut) using 1:(\(axis.expression("$2"))) with points "
            + "lc '\(style.colour)' pt 2 ps 3 lw 5 notitle")
      }
    }
    let legend = series.map { one in
      "keyentry with linespoints lc '\(one.style.colour)' lw 3 dt \(one.style.dash) "
        + "pt \(one.style.marker) ps 1.6 title \(GnuplotText.quoted(one.legend))"
    }
    script.append("plot \\\n  " + (lines + marks + legend).joined(separator: ", \\\n  "))
    return Drawing(
      name: kind.name, width: canvas.width, height: canvas.height,
      body: script, data: data.text)
  }

  /// Mini-batches are noisy and seeds differ, so about 60 medians make a line; one run of a surface is exact.
  private static func window(for result: ScenarioResult) -> Int? {
    let seeds = Set(result.runs.map(\.seed)).count
    guard result.scenario.kind == .network || seeds > 1 else { return nil }
    let last = result.runs.compactMap { $0.trial.curve(.loss)?.steps.last }.max() ?? 0
    return max(1, last / 60)
  }

  private static func quantity(_ scenario: ScenarioRecord) -> String {
    scenario.kind == .network ? "training loss of the mini-batch" : "loss"
  }

  private static func note(_ result: ScenarioResult, window: Int?, remark: String) -> String {
    let seeds = Set(result.runs.map(\.seed)).count
    var parts = result.missingRuns
    if let window, window > 1 { parts.append("medians of \(window) steps") }
    if seeds > 1 { parts.append("median of \(seeds) seeds") }
    parts.append("last value beside the name")
    if !remark.isEmpty { parts.append(remark) }
    if result.runs.contains(where: { $0.trial.status.divergedStep != nil }) {
      parts.append(seeds > 1 ? "✕: diverged" : "✕ n: diverged at step n")
    }
    return parts.joined(separator: "; ")
  }
}
