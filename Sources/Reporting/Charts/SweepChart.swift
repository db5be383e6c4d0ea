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
    let lines = panels.map { panel in
      sweep.series.compactMap { one in
        own[one.first].map { SweepLine(one, style: $0, panel, result) }
      }
    }
    let pictures = zip(panels, lines).map { SweepPicture(panel: $0, lines: $1) }
    var script = canvas.preamble(
      title: "\(scenario.title): effect of the \(words)", subtitle: scenario.shownTask,
      note: note(result, sweep, SweepPicture.cuts(in: pictures)))
    let range = horizontalRange(
      sweep, letters: pictures.compactMap(\.failureWords).map(\.count).max() ?? 0)
    script += [
      "set xrange [\(range.lowerBound.shortest):\(range.upperBound.shortest)]",
      "set grid xtics ytics lc '#d0d0d0' lw 1.5 dt 1", "set multiplot",
    ]
    let pixel = (range.upperBound - range.lowerBound) / Double(canvas.right - canvas.left)
    for (index, picture) in pictures.enumerated() {
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
      script += picture.script(sweep, pixel: pixel, hasLegend: index == 0, &data)
      script += ["unset label", "unset key", "unset object"]
    }
    script.append("unset multiplot")
    return Drawing(
      name: name, width: canvas.width, height: canvas.height, body: script, data: data.text)
  }

  /// Gap between panels in pixels.
  private static let gap = 46

  private static let missed = (all: "not reached", most: "≤ half reached")

  // MARK: What is shown

  private func panels(of result: ScenarioResult) -> [SweepPanel] {
    let metric = result.scenario.rankedBy
    let scale = metric.axisScale
    var panels = [
      SweepPanel(
        quantity: metric.axisTitle, failure: ("diverged", "≥ half diverged"),
        isLogarithmic: !metric.largerIsBetter, largerIsBetter: metric.largerIsBetter
      ) { scale * $0.outcome(of: metric) }
    ]
    guard let target = result.scenario.target else { return panels }
    panels.append(
      SweepPanel(quantity: "steps to target", failure: Self.missed, isLogarithmic: true) {
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
        SweepPanel(quantity: "epochs to target", failure: Self.missed, isLogarithmic: true) {
          $0.epochs(to: target).map { Double(max(1, $0)) } ?? .infinity
        })
    }
    return panels
  }

  // MARK: Axes

  /// - Parameter letters: Length of the label of the failure strip, which needs room on the left.
  private func horizontalRange(_ sweep: Sweep, letters: Int) -> ClosedRange<Double> {
    let positions = sweep.tics.map(\.position)
    let (first, last) = (positions.min() ?? 0, positions.max() ?? 1)
    let air = max(0.06 * (last - first), 1e-9)
    // A letter takes about a hundredth of the distance of the first and the last tic.
    return (first - air * max(1, 0.28 * Double(letters)))...(last + air)
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

  private func note(_ result: ScenarioResult, _ sweep: Sweep, _ cuts: [String]) -> String {
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
    return (parts + cuts).joined(separator: "; ")
  }
}
